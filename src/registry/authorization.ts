import type { RegistryAuth } from '../domain/registry/registry.ts'
import { type AuthChallenge, basicAuthorization, parseAuthChallenges } from './http-auth.ts'
import type { SendWeb, WebResponse } from './http-client.ts'
import { registryErrorFrom } from './registry-error.ts'
import { getToken, parseToken, postForToken, type TokenParameters } from './token.ts'
import { parseTokenRealm, requirePrivate } from './web-url.ts'

/** The shortest lifetime of a token in seconds. Tokens are used that long, whatever their issuer says. */
const SHORTEST_LIFETIME = 60

/** The parts of a request for authorization that stay the same for a repository. */
interface AuthorizationOptions {
  readonly auth: RegistryAuth
  /** `repository:library/busybox:pull,push`. */
  readonly scope: string
  readonly send: SendWeb
  /** Whether passwords may only be sent over TLS. False if the user said that the registry is insecure. */
  readonly needsTls: boolean
  now(): Date
}

/** Provides the Authorization header of the requests for one repository, as the registry's challenge demands. */
export class Authorization {
  readonly #challenge: string
  readonly #options: AuthorizationOptions
  #token = ''
  /** Milliseconds since 1970. */
  #expires = 0

  /** @param challenge the WWW-Authenticate header of the registry's first response; empty if it sent none */
  constructor(challenge: string, options: AuthorizationOptions) {
    this.#challenge = challenge
    this.#options = options
  }

  /**
   * Returns the Authorization header; no header if the registry does not demand any.
   * @param otherScope another scope that this one request needs: `repository:team/base:pull`
   * @throws Error with docker's message, without any secret, if there is no token or password to send
   */
  async headers(otherScope = ''): Promise<Record<string, string>> {
    const challenges = parseAuthChallenges(this.#challenge)
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer')
    if (bearer) return { Authorization: `Bearer ${await this.#bearerToken(bearer.parameters, otherScope)}` }
    if (!challenges.some(({ scheme }) => scheme === 'basic')) return {}
    const basic = basicAuthorizationOf(this.#options.auth)
    if (basic === '') throw new Error('no basic auth credentials')
    return { Authorization: basic }
  }

  async #bearerToken(parameters: AuthChallenge['parameters'], otherScope: string): Promise<string> {
    const { auth, scope, now } = this.#options
    if (auth.registrytoken) return auth.registrytoken
    if (otherScope !== '') return this.#fetchToken(parameters, [scope, otherScope])
    if (now().getTime() >= this.#expires) {
      this.#token = await this.#fetchToken(parameters, [scope])
      this.#expires = now().getTime() + 1000 * SHORTEST_LIFETIME
    }
    return this.#token
  }

  async #fetchToken(parameters: AuthChallenge['parameters'], scopes: readonly string[]): Promise<string> {
    const response = await this.#requestToken(parameters, scopes)
    if (response.statusCode < 200 || response.statusCode > 399) throw registryErrorFrom(response)
    return parseToken(response.text).token
  }

  /** Sends an identity token in the form of a POST, and a password in the header of a GET, as docker/distribution does. */
  #requestToken({ realm, service = '' }: AuthChallenge['parameters'], scopes: readonly string[]): Promise<WebResponse> {
    const { auth, send, needsTls } = this.#options
    const authorization = basicAuthorizationOf(auth)
    if (needsTls && (auth.identitytoken || authorization !== '')) requirePrivate(parseTokenRealm(realm))
    if (auth.identitytoken) {
      const form: TokenParameters = [
        ['client_id', 'registry-client'],
        ['grant_type', 'refresh_token'],
        ['refresh_token', auth.identitytoken],
        ['scope', scopes.join(' ')],
        ['service', service],
      ]
      return postForToken({ realm, parameters: form }, send)
    }
    const parameters: TokenParameters = [
      ['account', authorization === '' ? '' : (auth.username ?? '')],
      ...scopes.map((scope) => ['scope', scope] as const),
      ['service', service],
    ]
    return getToken({ realm, parameters, authorization }, send)
  }
}

/** Returns the Basic Authorization header; empty without a complete login. */
function basicAuthorizationOf({ username = '', password = '' }: RegistryAuth): string {
  return username === '' || password === '' ? '' : basicAuthorization(username, password)
}
