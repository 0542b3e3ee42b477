import { goQuote } from '../domain/go/quote.ts'
import type { WebHead, WebRequest } from './http-client.ts'
import { redactUrl } from './url-credentials.ts'
import { isSameOrigin, webUrl } from './web-url.ts'

/** Go's limit: that many requests are sent in all. */
const MOST_REQUESTS = 10

const CREDENTIALS = /^(authorization|cookie|proxy-authorization|www-authenticate)$/i

/**
 * Sends a request, and sends it on to where the server redirects it, by the rules of Go's HTTP client, except that a
 * credential stays with its origin: what was redirected to another one goes on without the headers that carry credentials,
 * and is not sent on at all where a body might carry some.
 * @throws Error in Go's words
 */
export async function sendFollowing<T extends WebHead>(
  first: WebRequest,
  send: (request: WebRequest) => Promise<T>,
): Promise<T> {
  let request = first
  for (let count = 0; count < MOST_REQUESTS; count++) {
    const response = await send(request)
    const location = response.header('location')
    if (!isRedirect(response.statusCode) || location === '') return response
    response.discard?.()
    request = redirected(request, response.statusCode, locationUrl(location, request.url))
  }
  throw new Error(`stopped after ${MOST_REQUESTS} redirects`)
}

function isRedirect(statusCode: number): boolean {
  return [301, 302, 303, 307, 308].includes(statusCode)
}

function locationUrl(location: string, base: string): URL {
  if (URL.canParse(location, base)) return webUrl(new URL(location, base).href)
  throw new Error(`failed to parse Location header ${goQuote(redactUrl(location))}: invalid URL`)
}

function redirected({ body, ...request }: WebRequest, statusCode: number, url: URL): WebRequest {
  const isElsewhere = !isSameOrigin(url, webUrl(request.url))
  const keepsBody = body !== undefined && (statusCode === 307 || statusCode === 308)
  if (keepsBody && isElsewhere) throw new Error(`${goQuote(request.url)} redirects to another server, ${url.origin}`)
  const isQuestion = request.method === 'GET' || request.method === 'HEAD'
  const isDropped = (name: string) =>
    (isElsewhere && CREDENTIALS.test(name)) || (body !== undefined && !keepsBody && /^content-/i.test(name))
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !isDropped(name)))
  const method = isQuestion || statusCode === 307 || statusCode === 308 ? request.method : 'GET'
  return { ...request, method, headers, url: url.href, ...(keepsBody ? { body } : {}) }
}
