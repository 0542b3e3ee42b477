import { messageOf } from '../domain/errors.ts'
import { goJsonError } from '../domain/go/json.ts'
import { memberOf, textIn } from '../domain/image/manifest.ts'
import type { SendWeb, WebResponse } from './http-client.ts'
import { sendFollowing } from './redirects.ts'
import { redactUrl } from './url-credentials.ts'
import { asking, tokenRealm } from './web-url.ts'

/** What a token is asked for, and by whom. */
export interface TokenRequest {
  readonly clientId: string
  /** The registry's token endpoint. */
  readonly realm: string
  readonly service: string
  readonly scopes: readonly string[]
  /** Empty with an identity token as the secret. */
  readonly username: string
  /** A password or an identity token; empty asks as nobody. */
  readonly secret: string
  readonly signal: AbortSignal
}

export interface FetchedToken {
  readonly token: string
  /** Seconds. */
  readonly expiresIn: number
  /** Seconds since 1970; 0 when the registry did not say. */
  readonly issuedAt: number
}

const DEFAULT_EXPIRY = 60
const CLIENT_ID = 'buildkit-client'

/** Registries that know no POST here response so. */
const NO_POST = [401, 404]

/**
 * A token for a registry, from its token endpoint, in the way of containerd's client: OAuth first where there are
 * credentials, else a plain GET.
 * Where the daemon has us ask is checked as every URL is; whose password goes there is its choice, as with docker.
 * @param fixed a token that config.json has; nothing is asked then
 * @throws Error with docker's text
 */
export async function fetchToken(request: TokenRequest, fixed: string, send: SendWeb): Promise<FetchedToken> {
  if (fixed !== '') return { token: fixed, expiresIn: DEFAULT_EXPIRY, issuedAt: 0 }
  if (request.secret === '') return explained('failed to fetch anonymous token', () => getToken(request, send))
  return explained('failed to fetch oauth token', async () => {
    const response = await post(request, send)
    const { statusCode } = response
    const isUnknown = NO_POST.includes(statusCode) || (statusCode === 405 && request.username !== '')
    return isUnknown ? getToken(request, send) : read(response, 'POST', request.realm)
  })
}

async function explained<T>(prefix: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new Error(`${prefix}: ${messageOf(error)}`)
  }
}

function post(request: TokenRequest, send: SendWeb): Promise<WebResponse> {
  const { realm, service, scopes, username, secret, signal } = request
  const form = new URLSearchParams({ client_id: CLIENT_ID, scope: scopes.join(' '), service })
  if (username === '') {
    form.set('grant_type', 'refresh_token')
    form.set('refresh_token', secret)
  } else {
    form.set('grant_type', 'password')
    form.set('username', username)
    form.set('password', secret)
  }
  const headers = { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8' }
  const { href: url } = tokenRealm(realm)
  return asking('Post', realm, () =>
    sendFollowing({ method: 'POST', url, headers, body: form.toString(), signal }, send),
  )
}

async function getToken(request: TokenRequest, send: SendWeb): Promise<FetchedToken> {
  const { realm, service, scopes, username, secret, signal } = request
  const url = tokenRealm(realm)
  if (service !== '') url.searchParams.append('service', service)
  for (const scope of scopes) url.searchParams.append('scope', scope)
  const basic = Buffer.from(`${username}:${secret}`).toString('base64')
  const headers: Record<string, string> = secret === '' ? {} : { authorization: `Basic ${basic}` }
  const question = { method: 'GET', url: url.href, headers, signal } as const
  return read(await asking('Get', url.href, () => sendFollowing(question, send)), 'GET', url.href)
}

function read({ statusCode, status, text }: WebResponse, method: string, url: string): FetchedToken {
  if (statusCode < 200 || statusCode > 299) {
    throw new Error(`unexpected status from ${method} request to ${redactUrl(url)}: ${status}`)
  }
  const fault = goJsonError(text, 'EOF')
  if (fault !== '') throw new Error(`unable to decode token response: ${fault}`)
  const body: unknown = JSON.parse(text)
  const token = textIn(body, 'token') || textIn(body, 'access_token')
  if (token === '') throw new Error('authorization server did not include a token in the response')
  const expiresIn = Math.trunc(Number(memberOf(body, 'expires_in')))
  return {
    token,
    expiresIn: Number.isSafeInteger(expiresIn) && expiresIn !== 0 ? expiresIn : DEFAULT_EXPIRY,
    issuedAt: Math.floor(Date.parse(textIn(body, 'issued_at')) / 1000) || 0,
  }
}
