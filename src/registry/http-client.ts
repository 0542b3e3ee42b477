import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { type ProxiedServer, type ProxyServer, proxyFor } from '../domain/context/proxy.ts'
import { codeOf, messageOf } from '../domain/errors.ts'
import { goQuote } from '../domain/go/quote.ts'
import { tlsFailure } from '../engine/transport/tls-error.ts'
import { loginHeaders, splitCredentials } from './url-credentials.ts'
import { webUrl } from './web-url.ts'

/** One request to a web server. */
export interface WebRequest {
  readonly method: 'DELETE' | 'GET' | 'HEAD' | 'POST' | 'PUT'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** Of a POST or PUT. */
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly signal?: AbortSignal
  /** Takes any certificate: for this machine's own servers, and those that a person calls insecure. */
  readonly takesAnyCertificate?: boolean
  /** What this server's certificates are signed with, beside the usual, and what it is to be shown. */
  readonly certificates?: Certificates
}

/** Certificates and keys in PEM. */
export interface Certificates {
  /** Authorities, one after the other. */
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
}

/** What is known of a response before its body. */
export interface WebHead {
  readonly statusCode: number
  /** The code with its words: `500 Internal Server Error`. */
  readonly status: string
  /** A header by its lower-case name; empty when there is none. */
  header(name: string): string
  /** Lets go of a body that nobody will read; absent where it was read. */
  readonly discard?: () => void
}

/** A response whose body has yet to come. */
export interface WebStream extends WebHead {
  readonly body: AsyncIterable<Uint8Array>
  readonly discard: () => void
}

/** A response that was read to its end. */
export interface WebResponse extends WebHead {
  readonly text: string
  /** The text as it came. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

/**
 * Sends a request and reads its response; redirects are not followed. Rejects with a reason, mostly in Go's words, that
 * names neither the request's headers nor its body.
 */
export type SendWeb = (request: WebRequest) => Promise<WebResponse>

/** As `SendWeb`, but does not wait for the body. */
export type OpenWeb = (request: WebRequest) => Promise<WebStream>

/** No manifest, configuration of an image, or token is larger, in bytes. */
const MOST_BYTES = 16 * 1024 * 1024

type Environment = Readonly<Record<string, string | undefined>>

/**
 * A client of the web as docker's is: it goes through HTTPS_PROXY unless NO_PROXY names the host, and trusts the
 * authorities in SSL_CERT_FILE, or else those of the system. Only http and https are spoken. A name and password in the
 * URL are sent as Go sends them, in a header.
 */
export function openWeb(env: Environment): OpenWeb {
  let known: { readonly ca: string | undefined } | undefined
  return async (request) => {
    const url = webUrl(request.url)
    const proxy = proxyFor(serverOf(url), env)
    try {
      checkHeaders(request.headers)
      known ??= { ca: authorities(env) }
      const sent = withoutUserInfo(request, url)
      const response = await ('Bun' in globalThis ? byFetch(sent, known.ca, proxy) : byNode(sent, known.ca, proxy))
      return { ...response, body: explained(response.body, url) }
    } catch (error) {
      throw new Error(reasonOf(error, url, proxy), { cause: error })
    }
  }
}

/** As `openWeb`, for responses that are small enough to be kept; a larger one is an error. */
export function webClient(env: Environment): SendWeb {
  const open = openWeb(env)
  return async (request) => readWhole(await open(request))
}

/** Reads a response to its end. @throws Error when it is larger than any that makes sense */
export async function readWhole(response: WebStream): Promise<WebResponse> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body) {
    length += chunk.length
    if (length > MOST_BYTES) {
      response.discard()
      throw new Error(`the response is larger than ${MOST_BYTES} bytes`)
    }
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(Buffer.concat(chunks))
  const { statusCode, status, header } = response
  return { statusCode, status, header, bytes, text: new TextDecoder().decode(bytes) }
}

/** Tokens and redirects are a server's choice, and may hold what would begin another header. */
function checkHeaders(headers: WebRequest['headers']): void {
  for (const [name, value] of Object.entries(headers)) {
    // What Go's client takes for a header's value.
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
      throw new Error(`net/http: invalid header field value for ${goQuote(name)}`)
    }
  }
}

function withoutUserInfo(request: WebRequest, url: URL): WebRequest {
  const { url: clean, credentials } = splitCredentials(url.href)
  return { ...request, url: clean, headers: { ...loginHeaders(credentials), ...request.headers } }
}

async function* explained(body: AsyncIterable<Uint8Array>, url: URL): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw new Error(reasonOf(error, url, undefined), { cause: error })
  }
}

function serverOf({ protocol, hostname, port }: URL): ProxiedServer {
  const usesTls = protocol === 'https:'
  const name = hostname.replace(/^\[|\]$/g, '')
  return { hostname: name, port: port === '' ? (usesTls ? 443 : 80) : Number(port), usesTls }
}

/** Where systems keep the certificates that they trust; the places where Go looks. */
const SYSTEM_AUTHORITIES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** Certificates in PEM; undefined where there are none, and what the runtime brings along counts. */
function authorities({ SSL_CERT_FILE }: Environment): string | undefined {
  for (const path of SSL_CERT_FILE ? [SSL_CERT_FILE] : SYSTEM_AUTHORITIES) {
    try {
      return readFileSync(path, 'utf8')
    } catch {
      // Another system's place.
    }
  }
  return undefined
}

/** Bun's `fetch` takes authorities and a proxy; the standard's type does not know them. */
interface TlsRequestInit extends RequestInit {
  tls?: TlsSettings
  proxy?: string
}

interface TlsSettings extends Certificates {
  readonly rejectUnauthorized: boolean
}

function tlsSettings({ takesAnyCertificate, certificates }: WebRequest, usual: string | undefined): TlsSettings {
  const ca = [usual, certificates?.ca].filter((pem) => pem).join('\n')
  return { ...certificates, ...(ca ? { ca } : {}), rejectUnauthorized: !takesAnyCertificate }
}

async function byFetch(
  request: WebRequest,
  ca: string | undefined,
  proxy: ProxyServer | undefined,
): Promise<WebStream> {
  const { url, takesAnyCertificate: _, certificates: __, ...sent } = request
  const init: TlsRequestInit = { ...sent, redirect: 'manual', tls: tlsSettings(request, ca) }
  const start = () => fetch(url, proxy ? { ...init, proxy: proxyUrl(proxy) } : init)
  const response = await (proxy ? start() : withoutOwnProxy(start))
  const { status: statusCode, statusText, headers, body } = response
  return {
    statusCode,
    status: `${statusCode} ${statusText}`.trimEnd(),
    header: (name) => headers.get(name) ?? '',
    discard: () => void body?.cancel().catch(() => {}),
    body: body ?? nothing(),
  }
}

/** The form in which Bun takes a proxy. It goes nowhere else, because it holds the proxy's password. */
function proxyUrl({ hostname, port, usesTls, authorization }: ProxyServer): string {
  const [user = '', ...password] = atob(authorization.replace('Basic ', '')).split(':')
  const login = authorization === '' ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(password.join(':'))}@`
  return `${usesTls ? 'https' : 'http'}://${login}${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`
}

/** Bun chooses a proxy by rules of its own when a request starts; Go never uses one for this machine. */
function withoutOwnProxy<T>(start: () => T): T {
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

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function byNode(sent: WebRequest, ca: string | undefined, proxy: ProxyServer | undefined): Promise<WebStream> {
  const { method, body, signal } = sent
  // Only who asks the web waits for node:http.
  const http = process.getBuiltinModule('node:http')
  const https = process.getBuiltinModule('node:https')
  const tls = tlsSettings(sent, ca)
  const tunnel = proxy && (await import('../engine/transport/tunnel-agent.ts'))
  const url = new URL(sent.url)
  const isTls = url.protocol === 'https:'
  return new Promise((resolve, reject) => {
    const options = { method, headers: sent.headers, ...(signal ? { signal } : {}) }
    const request = isTls
      ? https.request(url, { ...options, agent: tunnel ? new tunnel.TunnelAgent(proxy, tls) : new https.Agent(tls) })
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
        body: decoded(response),
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** The body as `fetch` gives it, with the one encoding taken off that Go knows. */
function decoded(response: IncomingMessage): AsyncIterable<Uint8Array> {
  if (response.headers['content-encoding'] !== 'gzip' || response.headers['content-length'] === '0') return response
  const { createGunzip } = process.getBuiltinModule('node:zlib')
  const { pipeline } = process.getBuiltinModule('node:stream')
  return pipeline(response, createGunzip(), () => {})
}

function reasonOf(error: unknown, { host, hostname }: URL, proxy: ProxyServer | undefined): string {
  const code = codeOf(error) ?? ''
  const { address, port } = { address: '', port: '', ...(error instanceof Object ? error : {}) }
  const server = proxy ? `${proxy.hostname}:${proxy.port}` : address === '' ? host : `${address}:${port}`
  const how = `${proxy ? 'proxyconnect tcp: ' : ''}dial tcp`
  if (code === 'ECONNREFUSED' || code === 'ConnectionRefused') return `${how} ${server}: connect: connection refused`
  if (code === 'ECONNRESET') return 'EOF'
  if (code === 'ENOTFOUND') return `${how}: lookup ${proxy?.hostname ?? hostname}: no such host`
  return tlsFailure(error, hostname)?.reason ?? messageOf(error)
}
