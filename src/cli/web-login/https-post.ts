import { readFileSync } from 'node:fs'

/** One POST to a web server. */
interface WebPost {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly signal?: AbortSignal
}

/** What it answered. */
export interface WebAnswer {
  readonly statusCode: number
  /** The code with its words: `500 Internal Server Error`. */
  readonly status: string
  readonly text: string
}

/** Sends a POST and reads its answer. Rejects with a reason that names neither the request's headers nor its body. */
export type SendPost = (post: WebPost) => Promise<WebAnswer>

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Posts over TLS, as docker's client does: through HTTPS_PROXY unless NO_PROXY names the host, and trusting the
 * authorities in SSL_CERT_FILE, or else those of the system.
 */
export function webPost(env: Environment): SendPost {
  const ca = authorities(env)
  return 'Bun' in globalThis ? (post) => fetchPost(post, ca) : (post) => nodePost(post, ca, env)
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
  tls?: { ca: string }
}

async function fetchPost({ url, ...post }: WebPost, ca: string | undefined): Promise<WebAnswer> {
  const init: TlsRequestInit = { ...post, method: 'POST', redirect: 'manual', ...(ca ? { tls: { ca } } : {}) }
  const response = await fetch(url, init)
  const status = `${response.status} ${response.statusText}`.trimEnd()
  return { statusCode: response.status, status, text: await response.text() }
}

function nodePost({ url, headers, body, signal }: WebPost, ca: string | undefined, env: Environment) {
  // Only who logs in this way waits for node:https.
  const { Agent, request } = process.getBuiltinModule('node:https')
  return new Promise<WebAnswer>((resolve, reject) => {
    const agent = new Agent({ ...(ca ? { ca } : {}), proxyEnv: { ...env } })
    const sent = request(url, { method: 'POST', headers, agent, ...(signal ? { signal } : {}) }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const { statusCode = 0, statusMessage = '' } = response
        const status = `${statusCode} ${statusMessage}`.trimEnd()
        resolve({ statusCode, status, text: Buffer.concat(chunks).toString() })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
