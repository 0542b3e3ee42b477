import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { type AuthResponse, INDEX_SERVER, type RegistryAuth } from '../../domain/registry/registry.ts'
import { type AuthChallenge, authChallenges } from '../../registry/auth-challenge.ts'
import type { SendWeb, WebRequest, WebResponse } from '../../registry/http-client.ts'
import { sendFollowing } from '../../registry/redirects.ts'
import { isLocal, requirePrivate, tokenRealm } from '../../registry/web-url.ts'

/** Where Docker Hub's registry is. */
const HUB_REGISTRY = 'registry-1.docker.io'
const LOGGED_IN = 'Login Succeeded'

/** The registry knows who asks, and says no: there is no other place to try. */
class UnauthorizedError extends Error {
  override name = 'UnauthorizedError'
}

/**
 * Tries credentials at their registry, as docker does where no daemon responds that could. Credentials are sent only when
 * the registry asks for them, and without TLS only to this machine itself.
 * @throws ExitStatus with docker's words
 */
export async function loginAtRegistry(auth: RegistryAuth, send: SendWeb): Promise<AuthResponse> {
  const { serveraddress = '' } = auth
  const host = serveraddress === INDEX_SERVER ? HUB_REGISTRY : serveraddress
  const bases = isLocal(host) ? [`https://${host}`, `http://${host}`] : [`https://${host}`]
  let reason = ''
  for (const base of bases) {
    try {
      return await loginAt(`${base}/v2/`, auth, (request) =>
        send({ ...request, takesAnyCertificate: isLocal(new URL(request.url).host) }),
      )
    } catch (error) {
      reason = messageOf(error)
      if (error instanceof UnauthorizedError) break
    }
  }
  throw new ExitStatus(1, reason)
}

async function loginAt(url: string, auth: RegistryAuth, send: SendWeb): Promise<AuthResponse> {
  const asking = (request: WebRequest, how = send) =>
    how(request).catch((error: unknown) => {
      throw new Error(`Get "${url}": ${messageOf(error)}`)
    })
  const get = (headers: Record<string, string>) => asking({ method: 'GET', url, headers })
  const first = await get({})
  if (first.statusCode === 200) return { Status: LOGGED_IN }
  const challenge = first.header('www-authenticate')
  if (first.statusCode !== 401 || challenge === '') throw failed(url, first)
  const bearer = authChallenges(challenge).find(({ scheme }) => scheme === 'bearer')
  if (!bearer) {
    const response = await get({ Authorization: basic(auth) })
    if (response.statusCode !== 200) throw failed(url, response)
    return { Status: LOGGED_IN }
  }
  const question: WebRequest = {
    method: 'GET',
    url: tokenUrl(bearer.parameters, auth),
    headers: { Authorization: basic(auth) },
  }
  const issued = await asking(question, (request) => sendFollowing(request, send))
  if (issued.statusCode >= 400) throw new UnauthorizedError(`Get "${url}": unauthorized: ${complaintIn(issued.text)}`)
  const { token, access_token: accessToken, refresh_token: refreshToken } = fieldsOf(issued.text)
  const response = await get({ Authorization: `Bearer ${token || accessToken}` })
  if (response.statusCode !== 200) throw failed(url, response)
  return { Status: LOGGED_IN, ...(refreshToken ? { IdentityToken: refreshToken } : {}) }
}

function failed(url: string, { status }: WebResponse): Error {
  return new Error(`login attempt to ${url} failed with status: ${status}`)
}

function basic({ username = '', password = '' }: RegistryAuth): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

/** Where a token is to be had: the challenge's realm, asked for one that can be kept. */
function tokenUrl(
  { realm, service = '', scope = '' }: AuthChallenge['parameters'],
  { username = '' }: RegistryAuth,
): string {
  const query = { account: username, client_id: 'docker', offline_token: 'true', service, scope }
  const url = tokenRealm(realm)
  requirePrivate(url)
  for (const [name, value] of Object.entries(query)) if (value !== '') url.searchParams.set(name, value)
  return url.href
}

/** What an issuer's refusal says: the message of a registry's error, or else the text as it is. */
function complaintIn(text: string): string {
  const { message } = fieldsOf(text)
  const errors: unknown = parsed(text)
  if (message) return message
  if (typeof errors !== 'object' || errors === null || !('errors' in errors) || !Array.isArray(errors.errors))
    return text
  return errors.errors.map((error: unknown) => fieldsOf(JSON.stringify(error)).message ?? '').join('; ')
}

/** The texts in a JSON object. */
function fieldsOf(text: string): Readonly<Record<string, string>> {
  const value = parsed(text)
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(Object.entries(value).filter(([, field]) => typeof field === 'string'))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
