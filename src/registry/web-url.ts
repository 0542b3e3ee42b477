import { messageOf } from '../domain/errors.ts'
import { goQuote } from '../domain/go/quote.ts'
import { redactUrl } from './url-credentials.ts'

/**
 * Reads the URL of a request to a web server: the one place that decides which URLs may be fetched. Only `http` and
 * `https` are, because a runtime's `fetch` also reads `file:`, `data:` and the like, and the URLs of realms and redirects
 * are a server's choice.
 * @throws Error in Go's words, without a password
 */
export function webUrl(text: string): URL {
  const scheme = /^\s*([a-z][a-z\d+.-]*):/i.exec(text)?.[1]?.toLowerCase() ?? ''
  if (scheme !== 'http' && scheme !== 'https') throw new Error(`unsupported protocol scheme ${goQuote(scheme)}`)
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new Error(`parse ${goQuote(redactUrl(text))}: invalid URL`)
  }
  return url
}

/**
 * The token endpoint that a registry names in its challenge.
 * @throws Error in docker's words
 */
export function tokenRealm(realm: string | undefined): URL {
  if (realm === undefined || realm === '') throw new Error('no realm specified for token auth challenge')
  try {
    return webUrl(realm)
  } catch (error) {
    throw new Error(`Get ${goQuote(redactUrl(realm))}: ${messageOf(error)}`, { cause: error })
  }
}

/** Makes sure that others cannot read what is sent there: by TLS, or because it stays on this machine. @throws Error */
export function requirePrivate({ protocol, host, origin }: URL): void {
  if (protocol !== 'https:' && !isLocal(host)) throw new Error(`no credentials for ${origin}: it has no TLS`)
}

/** Whether a host, with or without a port, is this machine, to which docker talks without a certificate that it knows. */
export function isLocal(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host)
}

/**
 * Whether a credential that was meant for one URL may go to another: only to the same scheme, host and port. The same host
 * without TLS is another origin.
 */
export function isSameOrigin(one: URL, other: URL): boolean {
  return one.origin === other.origin
}

/** Names the request in what went wrong with it, as Go's http.Client does. */
export async function asking<T>(method: string, url: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new Error(`${method} "${redactUrl(url)}": ${messageOf(error)}`, { cause: error })
  }
}
