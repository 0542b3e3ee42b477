import { textIn } from '../domain/image/manifest.ts'
import type { RegistryAuth } from '../domain/registry/registry.ts'
import { authChallenges } from './auth-challenge.ts'
import type { SendWeb, WebResponse } from './http-client.ts'
import { sendFollowing } from './redirects.ts'
import { registryRefusal } from './registry-refusal.ts'
import { asking, requirePrivate, tokenRealm } from './web-url.ts'

/** Tokens live that long at least, in seconds, whatever their issuer says. */
const SHORTEST_LIFE = 60

/** What a repository's requests are sent with. */
interface ClientEnvironment {
  readonly auth: RegistryAuth
  /** `repository:library/busybox:pull,push`. */
  readonly scope: string
  readonly send: SendWeb
  /** Whether passwords go over TLS or nowhere: the registry itself was not asked without. */
  readonly needsTls: boolean
  now(): Date
}

/** The Authorization header of the requests for one repository, as the registry's challenge wants it. */
export class Authorization {
  readonly #challenge: string
  readonly #environment: ClientEnvironment
  #token = ''
  #expires = 0

  /** @param challenge the WWW-Authenticate header with which the registry responded at first; empty for none */
  constructor(challenge: string, clientEnvironment: ClientEnvironment) {
    this.#challenge = challenge
    this.#environment = clientEnvironment
  }

  /**
   * Nothing where the registry asks for nothing.
   * @param otherScope what this one request needs beside: `repository:team/base:pull`
   * @throws Error in docker's words, without any secret, when there is no token or password to show
   */
  async headers(otherScope = ''): Promise<Record<string, string>> {
    const challenges = authChallenges(this.#challenge)
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer')
    if (bearer) return { Authorization: `Bearer ${await this.#bearerToken(bearer.parameters, otherScope)}` }
    if (!challenges.some(({ scheme }) => scheme === 'basic')) return {}
    const basic = basicAuthorization(this.#environment.auth)
    if (basic === undefined) throw new Error('no basic auth credentials')
    return { Authorization: basic }
  }

  async #bearerToken(parameters: Readonly<Record<string, string>>, otherScope: string): Promise<string> {
    const { auth, scope, now } = this.#environment
    if (auth.registrytoken) return auth.registrytoken
    if (otherScope !== '') return this.#issuedToken(parameters, [scope, otherScope])
    if (now().getTime() >= this.#expires) {
      this.#token = await this.#issuedToken(parameters, [scope])
      this.#expires = now().getTime() + 1000 * SHORTEST_LIFE
    }
    return this.#token
  }

  async #issuedToken(parameters: Readonly<Record<string, string>>, scopes: readonly string[]): Promise<string> {
    const response = await this.#askIssuer(parameters, scopes)
    if (response.statusCode < 200 || response.statusCode > 399) throw registryRefusal(response)
    const issued = parsed(response.text)
    const token = textIn(issued, 'access_token') || textIn(issued, 'token')
    if (token === '') throw new Error('authorization server did not include a token in the response')
    return token
  }

  /** An identity token is exchanged in a form's body; a password goes into a header. */
  #askIssuer(
    { realm, service = '' }: Readonly<Record<string, string>>,
    scopes: readonly string[],
  ): Promise<WebResponse> {
    const { auth, send, needsTls } = this.#environment
    const url = tokenRealm(realm)
    const basic = basicAuthorization(auth)
    if (needsTls && (auth.identitytoken || basic !== undefined)) requirePrivate(url)
    if (auth.identitytoken) {
      const form = {
        client_id: 'registry-client',
        grant_type: 'refresh_token',
        refresh_token: auth.identitytoken,
        scope: scopes.join(' '),
        service,
      }
      return asking('Post', url.href, () =>
        sendFollowing(
          {
            method: 'POST',
            url: url.href,
            headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
            body: new URLSearchParams(form).toString(),
          },
          send,
        ),
      )
    }
    if (basic !== undefined) url.searchParams.append('account', auth.username ?? '')
    for (const scope of scopes) url.searchParams.append('scope', scope)
    if (service !== '') url.searchParams.append('service', service)
    return asking('Get', url.href, () =>
      sendFollowing(
        { method: 'GET', url: url.href, headers: basic === undefined ? {} : { Authorization: basic } },
        send,
      ),
    )
  }
}

function basicAuthorization({ username = '', password = '' }: RegistryAuth): string | undefined {
  if (username === '' || password === '') return undefined
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error('unable to decode token response', { cause: error })
  }
}
