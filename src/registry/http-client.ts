import { readFileSync } from 'node:fs'
import { codeOf, messageOf } from '../domain/errors.ts'
import { tlsFailure } from '../engine/transport/tls-error.ts'

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

/** What it responded. */
export interface WebResponse {
  readonly statusCode: number
  /** The code with its words: `500 Internal Server Error`. */
  readonly status: string
  readonly text: string
  /** The text as it came. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** A header by its lower-case name; empty when there is none. */
  header(name: string): string
}

/**
 * Sends a request and reads its response; redirects are not followed. Rejects with a reason, mostly in Go's words, that
 * names neither the request's headers nor its body.
 */
export type SendWeb = (request: WebRequest) => Promise<WebResponse>

type Environment = Readonly<Record<string, string | undefined>>

/**
 * A client of the web as docker's is: it goes through HTTPS_PROXY unless NO_PROXY names the host, and trusts the
 * authorities in SSL_CERT_FILE, or else those of the system.
 */
export function webClient(env: Environment): SendWeb {
  const ca = authorities(env)
  const send: SendWeb = 'Bun' in globalThis ? (sent) => byFetch(sent, ca) : (sent) => byNode(sent, ca, env)
  return (sent) =>
    send(sent).catch((error: unknown) => {
      throw new Error(reasonOf(error, new URL(sent.url)), { cause: error })
    })
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

/** Bun's `fetch` takes authorities; the standard's type does not know them. */
interface TlsRequestInit extends RequestInit {
  tls?: TlsSettings
}

interface TlsSettings extends Certificates {
  readonly rejectUnauthorized: boolean
}

function tlsSettings({ takesAnyCertificate, certificates }: WebRequest, usual: string | undefined): TlsSettings {
  const ca = [usual, certificates?.ca].filter((pem) => pem).join('\n')
  return { ...certificates, ...(ca ? { ca } : {}), rejectUnauthorized: !takesAnyCertificate }
}

async function byFetch(request: WebRequest, ca: string | undefined): Promise<WebResponse> {
  const { url, takesAnyCertificate: _, certificates: __, ...sent } = request
  const tls = tlsSettings(request, ca)
  const init: TlsRequestInit = { ...sent, redirect: 'manual', tls }
  const response = await fetch(url, init)
  const status = `${response.status} ${response.statusText}`.trimEnd()
  const header = (name: string) => response.headers.get(name) ?? ''
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { statusCode: response.status, status, header, bytes, text: new TextDecoder().decode(bytes) }
}

function byNode(sent: WebRequest, ca: string | undefined, env: Environment): Promise<WebResponse> {
  const { url, method, headers, body, signal } = sent
  // Only who logs in waits for node:http.
  const http = process.getBuiltinModule('node:http')
  const https = process.getBuiltinModule('node:https')
  const proxyEnv = { ...env }
  return new Promise((resolve, reject) => {
    const options = { method, headers, ...(signal ? { signal } : {}) }
    const request = url.startsWith('https:')
      ? https.request(url, {
          ...options,
          agent: new https.Agent({ ...tlsSettings(sent, ca), proxyEnv }),
        })
      : http.request(url, { ...options, agent: new http.Agent({ proxyEnv }) })
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode = 0, statusMessage = '' } = response
        const header = (name: string) => [response.headers[name] ?? ''].flat().join(', ')
        const status = `${statusCode} ${statusMessage}`.trimEnd()
        const bytes = new Uint8Array(Buffer.concat(chunks))
        resolve({ statusCode, status, header, bytes, text: new TextDecoder().decode(bytes) })
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}

function reasonOf(error: unknown, { host, hostname }: URL): string {
  const code = codeOf(error) ?? ''
  if (code === 'ECONNREFUSED' || code === 'ConnectionRefused') return `dial tcp ${host}: connect: connection refused`
  if (code === 'ENOTFOUND') return `dial tcp: lookup ${hostname}: no such host`
  return tlsFailure(error, hostname)?.reason ?? messageOf(error)
}
