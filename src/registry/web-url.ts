/** Decides which URLs may be requested, and where credentials may be sent. */
import { messageOf } from '../domain/errors.ts'
import { goQuote } from '../domain/go/quote.ts'
import { redactUrl } from './url-credentials.ts'

/**
 * Parses the URL of a request to a web server. Every URL passes through here. Only `http` and `https` are allowed,
 * because the URLs of realms and redirects are chosen by servers, and a runtime's `fetch` also reads `file:` and `data:`.
 * @throws Error with Go's message, without the URL's password
 */
export function parseWebUrl(text: string): URL {
  const scheme = /^\s*([a-z][a-z\d+.-]*):/i.exec(text)?.[1]?.toLowerCase() ?? ''
  if (scheme !== 'http' && scheme !== 'https') throw new Error(`unsupported protocol scheme ${goQuote(scheme)}`)
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new Error(`parse ${goQuote(redactUrl(text))}: invalid URL`)
  }
  return url
}

/**
 * Parses the realm of a registry's challenge, which is the URL of its token endpoint.
 * @throws Error with docker's message
 */
export function parseTokenRealm(realm: string | undefined): URL {
  if (realm === undefined || realm === '') throw new Error('no realm specified for token auth challenge')
  try {
    return parseWebUrl(realm)
  } catch (error) {
    throw new Error(`Get ${goQuote(redactUrl(realm))}: ${messageOf(error)}`, { cause: error })
  }
}

/**
 * Refuses a URL over which credentials would be readable by others: one without TLS that is not on this machine.
 * @throws Error
 */
export function requirePrivate({ protocol, host, origin }: URL): void {
  if (protocol !== 'https:' && !isLocal(host)) throw new Error(`no credentials for ${origin}: it has no TLS`)
}

/** Returns whether a host, with or without a port, is this machine. docker accepts any certificate from it. */
export function isLocal(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(host)
}

/**
 * Returns whether a credential for one URL may be sent to another, which needs the same scheme, host and port. The same
 * host without TLS is another origin.
 */
export function isSameOrigin(one: URL, other: URL): boolean {
  return one.origin === other.origin
}

/** Sends a request and prefixes the message of an error with the method and URL, as Go's http.Client does. */
export async function withRequestInError<T>(method: string, url: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (error) {
    throw new Error(`${method} "${redactUrl(url)}": ${messageOf(error)}`, { cause: error })
  }
}
