/** `--explain`: shows each request to the daemon as a curl command. */
import type { TlsFilePaths } from '../config/endpoint.ts'
import type { Endpoint } from '../domain/context/endpoint.ts'
import { DEFAULT_SOCKET } from '../domain/context/endpoint.ts'
import { isObject } from '../domain/go/fields.ts'
import { quoteShellWord } from '../domain/shell-words.ts'
import type { ExplainRequest } from '../engine/transport/request-sender.ts'
import type { Output } from './io/streams.ts'
import { redactRequest } from './redacted-request.ts'

const SECRET = '***'

/** The socket to which the commands for a daemon behind ssh connect. */
const FORWARDED_SOCKET = '/tmp/docker.sock'

/** Longer bodies are left out, because they are longer than a command line may be, in characters. */
const MAX_BODY_LENGTH = 100_000

/** Headers whose values are secrets. */
const SECRET_HEADER = /^x-registry-|authorization|cookie|token|secret|key/i

/** Members of JSON bodies whose values are secrets. */
const SECRET_MEMBER = /^(password|identitytoken|registrytoken|auth|jointoken|unlockkey|signingcakey)$/i

/** Environment variables, labels and options of drivers whose values are probably secrets. */
const SECRET_NAME = /pass|secret|token|key|credential|auth/i

/** A flag of a container's program whose value, in the next word, is probably a secret. */
const SECRET_FLAG = /^--?[\w-]*(?:password|passwd|secret|token|api-?key)$/i

/** The assignment of a value that is probably a secret, within an option of a driver or a word of a program. */
const SECRET_ASSIGNMENT = /((?:password|passwd|pass|secret|token|api-?key)=)([^,\s]+)/gi

/** Paths of requests that contain the content of a swarm's secret or config. */
const CONTENT_PATH = /\/(secrets|configs)\/(create|[^/]+\/update)\b/

/**
 * Returns a function that writes the curl command for a request. What may be a secret is replaced by `***`.
 * @param tlsFiles the files of the endpoint's certificates
 */
export function explainTo(err: Output, endpoint: Endpoint, tlsFiles: TlsFilePaths): ExplainRequest {
  const connection = connectionWords(endpoint, tlsFiles)
  const { address } = endpoint
  if (address.kind === 'ssh') {
    const { user, hostname, port, path } = address.destination
    const forward = `${FORWARDED_SOCKET}:${path || DEFAULT_SOCKET}`
    const words = ['-fNT', ...(port ? ['-p', port] : []), '-L', forward, user ? `${user}@${hostname}` : hostname]
    err.write(`# forward the socket first: ${endpoint.sshCommand ?? 'ssh'} ${words.map(quoteShellWord).join(' ')}\n`)
  }
  return (request, body, isHijacked) => {
    const { method } = request
    const path = redactRequest(request.path)
    const url = `${connection.origin}${path}`
    const content = bodyWords(request.path, body)
    const headers = headerWords(request.headers, endpoint, isHijacked)
    const action = method === 'HEAD' ? ['-I'] : method === 'GET' && content.words.length === 0 ? [] : ['-X', method]
    const words = ['curl', ...connection.words, ...action, ...headers, ...content.words, url]
    const line = words.map(quoteShellWord).join(' ')
    const comments = [
      ...(isHijacked ? ['the connection becomes a raw stream in both directions, which curl cannot use'] : []),
      ...content.comments,
      ...(line.includes(SECRET) ? [`${SECRET} stands for what may be a secret`] : []),
    ]
    err.write(`${comments.map((comment) => `# ${comment}\n`).join('')}${line}\n`)
  }
}

function connectionWords({ address, tls, proxy }: Endpoint, files: TlsFilePaths): { words: string[]; origin: string } {
  if (address.kind === 'unix') return { words: ['--unix-socket', address.path], origin: 'http://localhost' }
  if (address.kind === 'ssh') return { words: ['--unix-socket', FORWARDED_SOCKET], origin: 'http://localhost' }
  const words = [
    ...(proxy ? ['--proxy', `${proxy.usesTls ? 'https' : 'http'}://${proxy.hostname}:${proxy.port}`] : []),
    ...(proxy?.authorization ? ['--proxy-header', `Proxy-Authorization: ${SECRET}`] : []),
    ...(tls && !tls.verify ? ['--insecure'] : []),
    ...(tls?.ca && tls.verify ? ['--cacert', files.ca] : []),
    ...(tls?.cert ? ['--cert', files.cert, '--key', files.key] : []),
  ]
  const hostname = address.hostname.includes(':') ? `[${address.hostname}]` : address.hostname
  return { words, origin: `${tls ? 'https' : 'http'}://${hostname}:${address.port}` }
}

type Headers = Parameters<ExplainRequest>[0]['headers']

function headerWords(headers: Headers, endpoint: Endpoint, isHijacked: boolean): string[] {
  // The headers of config.json are often credentials for a proxy in front of the daemon.
  const isSecret = (name: string) => SECRET_HEADER.test(name) || Object.hasOwn(endpoint.headers ?? {}, name)
  const upgrade = isHijacked && headers.Upgrade === undefined ? ['-H', 'Connection: Upgrade', '-H', 'Upgrade: tcp'] : []
  const words = Object.entries(headers)
    .filter(([name]) => !/^(content-length|host|transfer-encoding)$/i.test(name))
    .flatMap(([name, value]) => [value].flat().flatMap((item) => ['-H', `${name}: ${isSecret(name) ? SECRET : item}`]))
  return [...words, ...upgrade]
}

function bodyWords(path: string, body: Parameters<ExplainRequest>[1]): { words: string[]; comments: string[] } {
  if (body === undefined) return { words: [], comments: [] }
  if (typeof body !== 'string') {
    if (Buffer.isBuffer(body) && body.length === 0) return { words: [], comments: [] }
    return { words: ['-T', '-'], comments: ['the body, which is not JSON, is read from stdin'] }
  }
  const text = maskBody(path, body)
  if (text.length <= MAX_BODY_LENGTH) return { words: ['--data-raw', text], comments: [] }
  return { words: ['-T', '-'], comments: [`the body of ${text.length} characters is left out, and read from stdin`] }
}

/** Replaces secrets in a JSON body. A body without any stays as it is, with all digits of its numbers. */
function maskBody(path: string, body: string): string {
  let isMasked = false
  const mask = (text: string) => {
    isMasked = true
    return text === '' ? text : SECRET
  }
  const isContent = CONTENT_PATH.test(path)
  const visit = (value: unknown, name: string, parent: string): unknown => {
    if (typeof value === 'string') {
      if (SECRET_MEMBER.test(name) || (isContent && name === 'Data')) return mask(value)
      return maskText(value, name, parent, mask)
    }
    if (Array.isArray(value)) {
      return value.map((item, index) => {
        const isSecret = typeof item === 'string' && SECRET_FLAG.test(String(value[index - 1]))
        return isSecret ? mask(item) : visit(item, '', name)
      })
    }
    if (!isObject(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, visit(member, key, name)]))
  }
  try {
    const masked = JSON.stringify(visit(JSON.parse(body), '', ''))
    return isMasked ? masked : body
  } catch {
    return mask(body)
  }
}

/** Replaces secrets in a text that is not one as a whole: lines of `Env`, labels, words of programs, passwords in URLs. */
function maskText(value: string, name: string, parent: string, mask: (text: string) => string): string {
  const assignment = parent === 'Env' ? /^([^=]*)=(.*)$/s.exec(value) : null
  if (assignment && SECRET_NAME.test(assignment[1] ?? '')) return `${assignment[1]}=${mask(assignment[2] ?? '')}`
  if (/^(DriverOpts|Options|Config|Labels)$/.test(parent) && SECRET_NAME.test(name)) return mask(value)
  return value
    .replace(SECRET_ASSIGNMENT, (_, key: string, text: string) => key + mask(text))
    .replace(/(:\/\/)([^/\s@]+)@/g, (_, slashes: string, user: string) => `${slashes}${mask(user)}@`)
}
