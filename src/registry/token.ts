/** The token client: requests tokens from the token endpoint that a registry names in its challenge. */
import { messageOf } from '../domain/errors.ts'
import { goJsonError } from '../domain/go/json.ts'
import { memberOf, textIn } from '../domain/json.ts'
import { basicAuthorization } from './http-auth.ts'
import type { SendWeb, WebRequest, WebResponse } from './http-client.ts'
import { sendFollowingRedirects } from './redirects.ts'
import { redactUrl } from './url-credentials.ts'
import { parseTokenRealm, withRequestInError } from './web-url.ts'

/** Names and values of a query or form, in the order in which they are sent. */
export type TokenParameters = readonly (readonly [name: string, value: string])[]

/** The parts of a token request that do not depend on its method. */
interface TokenRequestOptions {
  /** The realm of the registry's challenge: the URL of the token endpoint. */
  readonly realm: string | undefined
  readonly parameters: TokenParameters
  /** The Authorization header. @default '' for an anonymous request */
  readonly authorization?: string
  readonly signal?: AbortSignal
}

/** A token request of BuildKit's. */
export interface TokenRequest {
  readonly clientId: string
  /** The URL of the registry's token endpoint. */
  readonly realm: string
  readonly service: string
  readonly scopes: readonly string[]
  /** Empty if the secret is an identity token. */
  readonly username: string
  /** A password or an identity token; empty for an anonymous token. */
  readonly secret: string
  readonly signal: AbortSignal
}

export interface FetchedToken {
  readonly token: string
  /** Seconds. */
  readonly expiresIn: number
  /** Seconds since 1970; 0 if the token endpoint did not say. */
  readonly issuedAt: number
}

/** The lifetime of a token whose issuer does not name one, in seconds. */
const DEFAULT_EXPIRY = 60
const CLIENT_ID = 'buildkit-client'

/** The statuses with which token endpoints that support only GET respond to a POST. */
const POST_UNSUPPORTED = [401, 404]

/**
 * Requests a token with GET, following redirects. Parameters without a value are left out.
 * @throws Error that names the request, without secrets
 */
export function getToken(options: TokenRequestOptions, send: SendWeb): Promise<WebResponse> {
  const { realm, parameters, authorization = '', signal } = options
  const url = tokenUrl(realm, parameters)
  const headers: Record<string, string> = authorization === '' ? {} : { Authorization: authorization }
  return sendTokenRequest({ method: 'GET', url, headers, ...(signal ? { signal } : {}) }, send)
}

function tokenUrl(realm: string | undefined, parameters: TokenParameters): string {
  const url = parseTokenRealm(realm)
  for (const [name, value] of parameters) if (value !== '') url.searchParams.append(name, value)
  return url.href
}

/**
 * Requests a token with a POST whose form contains the secret (OAuth 2), following redirects.
 * @throws Error that names the request, without secrets
 */
export function postForToken(options: TokenRequestOptions, send: SendWeb): Promise<WebResponse> {
  const { realm, parameters, signal } = options
  const { href: url } = parseTokenRealm(realm)
  const form = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]))
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
  return sendTokenRequest({ method: 'POST', url, headers, body: form.toString(), ...(signal ? { signal } : {}) }, send)
}

function sendTokenRequest(request: WebRequest, send: SendWeb): Promise<WebResponse> {
  return withRequestInError(request.method === 'GET' ? 'Get' : 'Post', request.url, () =>
    sendFollowingRedirects(request, send),
  )
}

/**
 * Parses the body of a successful token response and returns its token.
 * @throws Error with docker's message if it is not JSON or contains no token
 */
export function parseToken(text: string): { token: string; body: unknown } {
  const fault = goJsonError(text, text.trim() === '' ? 'EOF' : 'unexpected EOF')
  if (fault !== '') throw new Error(`unable to decode token response: ${fault}`)
  const body: unknown = JSON.parse(text)
  const token = textIn(body, 'access_token') || textIn(body, 'token')
  if (token === '') throw new Error('authorization server did not include a token in the response')
  return { token, body }
}

/**
 * Fetches a token for BuildKit as containerd's client does (containerd core/remotes/docker/auth): by OAuth's POST first if
 * there are credentials, and otherwise by an anonymous GET. The daemon chooses the endpoint that receives the password,
 * as with docker; its URL is checked like every other URL.
 * @param fixed the registry token of config.json; it is returned without a request
 * @throws Error with docker's message
 */
export async function fetchToken(request: TokenRequest, fixed: string, send: SendWeb): Promise<FetchedToken> {
  if (fixed !== '') return { token: fixed, expiresIn: DEFAULT_EXPIRY, issuedAt: 0 }
  if (request.secret === '') {
    return withErrorPrefix('failed to fetch anonymous token', () => fetchByGet(request, send))
  }
  return withErrorPrefix('failed to fetch oauth token', async () => {
    const response = await postForToken({ ...request, parameters: oauthForm(request) }, send)
    const { statusCode } = response
    const isUnsupported = POST_UNSUPPORTED.includes(statusCode) || (statusCode === 405 && request.username !== '')
    return isUnsupported ? fetchByGet(request, send) : readFetchedToken(response, 'POST', request.realm)
  })
}

function oauthForm({ service, scopes, username, secret }: TokenRequest): TokenParameters {
  const common = [
    ['client_id', CLIENT_ID],
    ['scope', scopes.join(' ')],
    ['service', service],
  ] as const
  if (username === '') return [...common, ['grant_type', 'refresh_token'], ['refresh_token', secret]]
  return [...common, ['grant_type', 'password'], ['username', username], ['password', secret]]
}

async function fetchByGet(request: TokenRequest, send: SendWeb): Promise<FetchedToken> {
  const { realm, service, scopes, username, secret, signal } = request
  const parameters: TokenParameters = [['service', service], ...scopes.map((scope) => ['scope', scope] as const)]
  const authorization = secret === '' ? '' : basicAuthorization(username, secret)
  const response = await getToken({ realm, parameters, authorization, signal }, send)
  return readFetchedToken(response, 'GET', tokenUrl(realm, parameters))
}

function readFetchedToken({ statusCode, status, text }: WebResponse, method: string, url: string): FetchedToken {
  if (statusCode < 200 || statusCode > 299) {
    throw new Error(`unexpected status from ${method} request to ${redactUrl(url)}: ${status}`)
  }
  const { token, body } = parseToken(text)
  const expiresIn = Math.trunc(Number(memberOf(body, 'expires_in')))
  return {
    token,
    expiresIn: Number.isSafeInteger(expiresIn) && expiresIn !== 0 ? expiresIn : DEFAULT_EXPIRY,
    issuedAt: Math.floor(Date.parse(textIn(body, 'issued_at')) / 1000) || 0,
  }
}

async function withErrorPrefix<T>(prefix: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new Error(`${prefix}: ${messageOf(error)}`)
  }
}
