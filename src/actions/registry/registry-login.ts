import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { memberOf, textIn } from '../../domain/json.ts'
import {
  type AuthResponse,
  DOCKER_HUB_REGISTRY,
  INDEX_SERVER,
  type RegistryAuth,
} from '../../domain/registry/registry.ts'
import { type AuthChallenge, basicAuthorization, parseAuthChallenges } from '../../registry/http-auth.ts'
import type { SendWeb, WebResponse } from '../../registry/http-client.ts'
import { getToken, parseToken, type TokenParameters } from '../../registry/token.ts'
import { isLocal, parseTokenRealm, requirePrivate, withRequestInError } from '../../registry/web-url.ts'

const LOGGED_IN = 'Login Succeeded'

/** The registry rejected the credentials, so no other address is tried. */
class UnauthorizedError extends Error {
  override name = 'UnauthorizedError'
}

/**
 * Checks credentials directly at their registry, as docker does if no daemon is reachable. Credentials are sent only if the
 * registry sends a challenge, and without TLS only to this machine.
 * @throws ExitStatus with docker's message
 */
export async function loginAtRegistry(auth: RegistryAuth, send: SendWeb): Promise<AuthResponse> {
  const { serveraddress = '' } = auth
  const host = serveraddress === INDEX_SERVER ? DOCKER_HUB_REGISTRY : serveraddress
  const bases = isLocal(host) ? [`https://${host}`, `http://${host}`] : [`https://${host}`]
  let reason = ''
  for (const base of bases) {
    try {
      return await loginAt(`${base}/v2/`, auth, (request) =>
        send({ ...request, skipTlsVerify: isLocal(new URL(request.url).host) }),
      )
    } catch (error) {
      reason = messageOf(error)
      if (error instanceof UnauthorizedError) break
    }
  }
  throw new ExitStatus(1, reason)
}

async function loginAt(url: string, auth: RegistryAuth, send: SendWeb): Promise<AuthResponse> {
  const { username = '', password = '' } = auth
  const authorization = basicAuthorization(username, password)
  const get = (headers: Record<string, string>) =>
    withRequestInError('Get', url, () => send({ method: 'GET', url, headers }))
  const first = await get({})
  if (first.statusCode === 200) return { Status: LOGGED_IN }
  const challenge = first.header('www-authenticate')
  if (first.statusCode !== 401 || challenge === '') throw loginError(url, first)
  const bearer = parseAuthChallenges(challenge).find(({ scheme }) => scheme === 'bearer')
  if (!bearer) {
    const response = await get({ Authorization: authorization })
    if (response.statusCode !== 200) throw loginError(url, response)
    return { Status: LOGGED_IN }
  }
  requirePrivate(parseTokenRealm(bearer.parameters.realm))
  const parameters = tokenParameters(bearer.parameters, username)
  const issued = await withRequestInError('Get', url, () =>
    getToken({ realm: bearer.parameters.realm, parameters, authorization }, send),
  )
  if (issued.statusCode >= 400) {
    throw new UnauthorizedError(`Get "${url}": unauthorized: ${tokenErrorMessage(issued.text)}`)
  }
  const { token, body } = await withRequestInError('Get', url, async () => parseToken(issued.text))
  const refreshToken = textIn(body, 'refresh_token')
  const response = await get({ Authorization: `Bearer ${token}` })
  if (response.statusCode !== 200) throw loginError(url, response)
  return { Status: LOGGED_IN, ...(refreshToken ? { IdentityToken: refreshToken } : {}) }
}

function loginError(url: string, { status }: WebResponse): Error {
  return new Error(`login attempt to ${url} failed with status: ${status}`)
}

/** The query asks for a refresh token (`offline_token`), which is stored instead of the password. */
function tokenParameters({ service = '', scope = '' }: AuthChallenge['parameters'], username: string): TokenParameters {
  return [
    ['account', username],
    ['client_id', 'docker'],
    ['offline_token', 'true'],
    ['service', service],
    ['scope', scope],
  ]
}

/** Returns the message of a token endpoint's error response: those of its JSON errors, or otherwise the whole text. */
function tokenErrorMessage(text: string): string {
  const body = parseJson(text)
  const message = textIn(body, 'message')
  if (message) return message
  const errors = memberOf(body, 'errors')
  if (!Array.isArray(errors)) return text
  return errors.map((error: unknown) => textIn(error, 'message')).join('; ')
}

/** Returns undefined for a text that is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
