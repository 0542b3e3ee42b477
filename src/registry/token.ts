import { messageOf } from '../domain/errors.ts'

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
 * @param fixed a token that config.json has; nothing is asked then
 * @throws Error with docker's text
 */
export async function fetchToken(request: TokenRequest, fixed: string): Promise<FetchedToken> {
  if (fixed !== '') return { token: fixed, expiresIn: DEFAULT_EXPIRY, issuedAt: 0 }
  if (request.secret === '') return explained('failed to fetch anonymous token', () => getToken(request))
  return explained('failed to fetch oauth token', async () => {
    const response = await post(request)
    const isUnknown = NO_POST.includes(response.status) || (response.status === 405 && request.username !== '')
    if (isUnknown) {
      await response.body?.cancel()
      return getToken(request)
    }
    return read(response, 'POST', request.realm)
  })
}

async function explained<T>(prefix: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new Error(`${prefix}: ${messageOf(error)}`)
  }
}

function post({ realm, service, scopes, username, secret, signal }: TokenRequest): Promise<Response> {
  const form = new URLSearchParams({ client_id: CLIENT_ID, scope: scopes.join(' '), service })
  if (username === '') {
    form.set('grant_type', 'refresh_token')
    form.set('refresh_token', secret)
  } else {
    form.set('grant_type', 'password')
    form.set('username', username)
    form.set('password', secret)
  }
  return fetch(realm, { method: 'POST', body: form, signal })
}

async function getToken({ realm, service, scopes, username, secret, signal }: TokenRequest): Promise<FetchedToken> {
  const url = new URL(realm)
  if (service !== '') url.searchParams.append('service', service)
  for (const scope of scopes) url.searchParams.append('scope', scope)
  const basic = Buffer.from(`${username}:${secret}`).toString('base64')
  const headers: Record<string, string> = secret === '' ? {} : { authorization: `Basic ${basic}` }
  return read(await fetch(url, { headers, signal }), 'GET', url.href)
}

async function read(response: Response, method: string, url: string): Promise<FetchedToken> {
  if (!response.ok) {
    await response.body?.cancel()
    throw new Error(`unexpected status from ${method} request to ${url}: ${response.status} ${response.statusText}`)
  }
  const body: unknown = await response.json()
  const field = (name: string) => (typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined)
  const token = text(field('token')) || text(field('access_token'))
  if (token === '') throw new Error('authorization server did not include a token in the response')
  const expiresIn = Number(field('expires_in') ?? 0) || DEFAULT_EXPIRY
  return { token, expiresIn, issuedAt: Math.floor(Date.parse(text(field('issued_at'))) / 1000) || 0 }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
