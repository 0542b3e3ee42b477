import { goQuote } from '../domain/go/quote.ts'
import type { WebHead, WebRequest } from './http-client.ts'
import { redactUrl } from './url-credentials.ts'
import { isSameOrigin, parseWebUrl } from './web-url.ts'

/** The number of requests that Go's HTTP client sends at most, the first one included. */
const MAX_REQUESTS = 10

/** The headers that carry credentials. */
const CREDENTIAL_HEADERS = /^(authorization|cookie|proxy-authorization|www-authenticate)$/i

/**
 * Sends a request and follows redirects by the rules of Go's HTTP client, with one exception: credentials never leave
 * their origin. On a redirect to another origin, headers with credentials are dropped, and a body that would be repeated
 * is an error, because it may contain credentials.
 * @throws Error with Go's message
 */
export async function sendFollowingRedirects<T extends WebHead>(
  first: WebRequest,
  send: (request: WebRequest) => Promise<T>,
): Promise<T> {
  let request = first
  for (let count = 0; count < MAX_REQUESTS; count++) {
    const response = await send(request)
    const location = response.header('location')
    if (!isRedirect(response.statusCode) || location === '') return response
    response.discard?.()
    request = redirectRequest(request, response.statusCode, parseLocation(location, request.url))
  }
  throw new Error(`stopped after ${MAX_REQUESTS} redirects`)
}

function isRedirect(statusCode: number): boolean {
  return [301, 302, 303, 307, 308].includes(statusCode)
}

function parseLocation(location: string, base: string): URL {
  if (URL.canParse(location, base)) return parseWebUrl(new URL(location, base).href)
  throw new Error(`failed to parse Location header ${goQuote(redactUrl(location))}: invalid URL`)
}

function redirectRequest({ body, ...request }: WebRequest, statusCode: number, url: URL): WebRequest {
  const isOtherOrigin = !isSameOrigin(url, parseWebUrl(request.url))
  const repeatsBody = body !== undefined && (statusCode === 307 || statusCode === 308)
  if (repeatsBody && isOtherOrigin)
    throw new Error(`${goQuote(request.url)} redirects to another server, ${url.origin}`)
  const isDropped = (name: string) =>
    (isOtherOrigin && CREDENTIAL_HEADERS.test(name)) || (body !== undefined && !repeatsBody && /^content-/i.test(name))
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !isDropped(name)))
  const keepsMethod = ['GET', 'HEAD'].includes(request.method) || statusCode === 307 || statusCode === 308
  const method = keepsMethod ? request.method : 'GET'
  return { ...request, method, headers, url: url.href, ...(repeatsBody ? { body } : {}) }
}
