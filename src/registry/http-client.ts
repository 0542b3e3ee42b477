/** An HTTP or HTTPS client that behaves like Go's, on Bun and on Node. */
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { type ProxiedServer, type ProxyServer, proxyFor } from '../domain/context/proxy.ts'
import { isNotTls, tlsFailure } from '../domain/context/tls-error.ts'
import { codeOf, messageOf } from '../domain/errors.ts'
import { goQuote } from '../domain/go/quote.ts'
import { loginHeaders, splitCredentials } from './url-credentials.ts'
import { parseWebUrl } from './web-url.ts'

/** A request to a web server. */
export interface WebRequest {
  readonly method: 'DELETE' | 'GET' | 'HEAD' | 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** For POST and PUT. */
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly signal?: AbortSignal
  /** Whether any certificate is accepted: for servers on this machine, and for those that the user called insecure. */
  readonly skipTlsVerify?: boolean
  /** Additional authorities for this server, and the client certificate for it. */
  readonly certificates?: Certificates
}

/** Certificates and keys in PEM. */
export interface Certificates {
  /** The authorities, concatenated. */
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

/** The part of a response that precedes its body. */
export interface WebHead {
  readonly statusCode: number
  /** The status code with its reason phrase: `500 Internal Server Error`. */
  readonly status: string
  /** Returns the value of a header; empty if there is none. @param name in lower case */
  header(name: string): string
  /** Releases a body that is not read. Absent if it has been read. */
  readonly discard?: () => void
}

/** A response whose body is read as a stream. */
export interface WebStream extends WebHead {
  readonly body: AsyncIterable<Uint8Array>
  readonly discard: () => void
}

/** A response that was read completely. */
export interface WebResponse extends WebHead {
  readonly text: string
  /** The body before decoding as UTF-8. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * Sends a request and reads its response. Redirects are not followed. Rejects with an error whose message is Go's where
 * there is one, and never contains the request's headers or body.
 */
export type SendWeb = (request: WebRequest) => Promise<WebResponse>

/** Like `SendWeb`, but returns the body as a stream. */
export type OpenWeb = (request: WebRequest) => Promise<WebStream>

/** The largest response that is read into memory, in bytes. Manifests, image configurations and tokens are smaller. */
const MAX_BYTES = 16 * 1024 * 1024

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Returns a web client that behaves like docker's: it uses HTTP_PROXY and HTTPS_PROXY unless NO_PROXY names the host, and
 * trusts the authorities in SSL_CERT_FILE, or otherwise those of the system. It accepts only http and https URLs. A name
 * and password in the URL are sent in the Authorization header, as Go does.
 */
export function openWeb(env: Environment): OpenWeb {
  let authorities: { readonly pem: string | undefined } | undefined
  return async (request) => {
    const url = parseWebUrl(request.url)
    const proxy = proxyFor(proxiedServer(url), env)
    try {
      checkHeaders(request.headers)
      authorities ??= { pem: readAuthorities(env) }
      const sendByRuntime = 'Bun' in globalThis ? sendByFetch : sendByNode
      const response = await sendByRuntime(moveUserInfoToHeader(request, url), authorities.pem, proxy)
      return { ...response, body: explainErrors(response.body, url) }
    } catch (error) {
      const cause = proxy ? error : await findTlsFailure(error, url, tlsSettings(request, authorities?.pem))
      throw new Error(describeError(cause, url, proxy), { cause })
    }
  }
}

/** Returns a more exact error for a handshake that failed without a reason; any other error is returned as it is. */
async function findTlsFailure(error: unknown, url: URL, settings: TlsSettings): Promise<unknown> {
  if (url.protocol !== 'https:' || !isNotTls(error)) return error
  const { diagnoseHandshake } = await import('./handshake.ts')
  return diagnoseHandshake(error, { hostname: url.hostname, port: Number(url.port || 443) }, settings)
}

/** Returns a client like that of `openWeb` that reads responses into memory, up to 16 MiB. */
export function webClient(env: Environment): SendWeb {
  const open = openWeb(env)
  return async (request) => readWhole(await open(request))
}

/** Reads a response completely. @throws Error if it is larger than 16 MiB */
export async function readWhole(response: WebStream): Promise<WebResponse> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body) {
    length += chunk.length
    if (length > MAX_BYTES) {
      response.discard()
      throw new Error(`the response is larger than ${MAX_BYTES} bytes`)
    }
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(Buffer.concat(chunks))
  const { statusCode, status, header } = response
  return { statusCode, status, header, bytes, text: new TextDecoder().decode(bytes) }
}

/**
 * Checks that no header value contains a line break, as Go's client does. Tokens come from servers, and could otherwise
 * add a header.
 */
function checkHeaders(headers: WebRequest['headers']): void {
  for (const [name, value] of Object.entries(headers)) {
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw new Error(`net/http: invalid header field value for ${goQuote(name)}`)
    }
  }
}

function moveUserInfoToHeader(request: WebRequest, url: URL): WebRequest {
  const { url: clean, credentials } = splitCredentials(url.href)
  return { ...request, url: clean, headers: { ...loginHeaders(credentials), ...request.headers } }
}

async function* explainErrors(body: AsyncIterable<Uint8Array>, url: URL): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw new Error(describeError(error, url, undefined), { cause: error })
  }
}

function proxiedServer({ protocol, hostname, port }: URL): ProxiedServer {
  const usesTls = protocol === 'https:'
  const name = hostname.replace(/^\[|\]$/g, '')
  return { hostname: name, port: port === '' ? (usesTls ? 443 : 80) : Number(port), usesTls }
}

/** The files in which systems keep the authorities that they trust (Go crypto/x509 root_linux.go). */
const SYSTEM_AUTHORITIES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** Returns the trusted authorities in PEM; undefined if there is no such file, so that the runtime's own are used. */
function readAuthorities({ SSL_CERT_FILE }: Environment): string | undefined {
  for (const path of SSL_CERT_FILE ? [SSL_CERT_FILE] : SYSTEM_AUTHORITIES) {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      // The next file may exist: each system has its own.
    }
  }
  return undefined
}

/** The options of Bun's `fetch` that the standard's type lacks. */
interface TlsRequestInit extends RequestInit {
  tls?: TlsSettings
  proxy?: string
}

interface TlsSettings extends Certificates {
  readonly rejectUnauthorized: boolean
}

function tlsSettings({ skipTlsVerify, certificates }: WebRequest, usual: string | undefined): TlsSettings {
  const ca = [usual, certificates?.ca].filter((pem) => pem).join('\n')
  return { ...certificates, ...(ca ? { ca } : {}), rejectUnauthorized: !skipTlsVerify }
}

async function sendByFetch(
  request: WebRequest,
  ca: string | undefined,
  proxy: ProxyServer | undefined,
): Promise<WebStream> {
  const { url, skipTlsVerify: _, certificates: __, ...sent } = request
  const init: TlsRequestInit = { ...sent, redirect: 'manual', tls: tlsSettings(request, ca) }
  const start = () => fetch(url, proxy ? { ...init, proxy: proxyUrl(proxy) } : init)
  const response = await (proxy ? start() : withoutBunProxy(start))
  const { status: statusCode, statusText, headers, body } = response
  return {
    statusCode,
    status: `${statusCode} ${statusText}`.trimEnd(),
    header: (name) => headers.get(name) ?? '',
    discard: () => void body?.cancel().catch(() => {}),
    body: body ?? emptyBody(),
  }
}

/** Returns a proxy's URL for Bun's `fetch`. It contains the proxy's password and must not be printed. */
function proxyUrl({ hostname, port, usesTls, authorization }: ProxyServer): string {
  const [user = '', ...password] = atob(authorization.replace('Basic ', '')).split(':')
  const login = authorization === '' ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password.join(':'))}@`
  return `${usesTls ? 'https' : 'http'}://${login}${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`
}

/**
 * Starts a request without the proxy that Bun would choose by rules of its own. Those differ from Go's, which never uses a
 * proxy for this machine.
 */
function withoutBunProxy<T>(start: () => T): T {
  const { env } = process
  const before = env.NO_PROXY
  env.NO_PROXY = '*'
  try {
    return start()
  } finally {
    if (before === undefined) delete env.NO_PROXY
    else env.NO_PROXY = before
  }
}

async function* emptyBody(): AsyncGenerator<Uint8Array> {}

async function sendByNode(
  sent: WebRequest,
  ca: string | undefined,
  proxy: ProxyServer | undefined,
): Promise<WebStream> {
  const { method, body, signal } = sent
  // Loaded here, because most commands send no web request.
  const http = process.getBuiltinModule('node:http')
  const https = process.getBuiltinModule('node:https')
  const tls = tlsSettings(sent, ca)
  const tunnel = proxy && (await import('../engine/transport/tunnel-agent.ts'))
  const url = new URL(sent.url)
  const isTls = url.protocol === 'https:'
  return new Promise((resolve, reject) => {
    const options = { method, headers: sent.headers, ...(signal ? { signal } : {}) }
    const request = isTls
      ? https.request(url, { ...options, agent: tunnel ? tunnel.createTunnelAgent(proxy, tls) : new https.Agent(tls) })
      : tunnel
        ? (proxy.usesTls ? https : http).request({
            ...options,
            hostname: proxy.hostname,
            port: proxy.port,
            path: url.href,
            headers: { host: url.host, ...sent.headers, ...tunnel.proxyHeaders(proxy) },
            agent: false,
          })
        : http.request(url, { ...options, agent: false })
    request.on('response', (response) => {
      const { statusCode = 0, statusMessage = '' } = response
      resolve({
        statusCode,
        status: `${statusCode} ${statusMessage}`.trimEnd(),
        header: (name) => [response.headers[name] ?? ''].flat().join(', '),
        discard: () => void response.destroy(),
        body: decodeBody(response),
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** Decompresses a gzip body. Go supports no other encoding. */
function decodeBody(response: IncomingMessage): AsyncIterable<Uint8Array> {
  if (response.headers['content-encoding'] !== 'gzip' || response.headers['content-length'] === '0') return response
  const { createGunzip } = process.getBuiltinModule('node:zlib')
  const { pipeline } = process.getBuiltinModule('node:stream')
  return pipeline(response, createGunzip(), () => {})
}

function describeError(error: unknown, url: URL, proxy: ProxyServer | undefined): string {
  const { hostname } = url
  const code = codeOf(error) ?? ''
  const server = proxy ? `${proxy.hostname}:${proxy.port}` : dialedServer(error, url)
  const how = `${proxy ? 'proxyconnect tcp: ' : ''}dial tcp`
  const reason = DIAL_ERRORS.get(code)
  if (reason !== undefined) return `${how} ${server}: connect: ${reason}`
  if (code === 'ECONNRESET') return 'EOF'
  if (code === 'ENOTFOUND') return `${how}: lookup ${proxy?.hostname ?? hostname}: no such host`
  return tlsFailure(error, hostname)?.reason ?? messageOf(error)
}

/** Go's reasons for connections that cannot be opened, by the codes of Node and Bun. */
const DIAL_ERRORS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'connection refused'],
  ['ConnectionRefused', 'connection refused'],
  ['EHOSTUNREACH', 'no route to host'],
  ['ENETUNREACH', 'network is unreachable'],
  ['ETIMEDOUT', 'connection timed out'],
])

/** Returns the address and port that a connection was meant for. The error of a runtime may have only a part of it. */
function dialedServer(error: unknown, url: URL): string {
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const address = error instanceof Object && 'address' in error ? error.address : undefined
  if (typeof address !== 'string' || address === '') return `${url.hostname}:${port}`
  return `${address.includes(':') ? `[${address}]` : address}:${port}`
}
