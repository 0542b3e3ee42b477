import { setTimeout as sleep } from 'node:timers/promises'
import { messageOf } from '../../../domain/errors.ts'
import { goJsonError } from '../../../domain/go/json.ts'
import type { SendWeb, WebResponse } from '../../../registry/http-client.ts'

/** The base URL of Docker's identity provider. */
const TENANT = 'https://login.docker.com'
/** The client id under which docker's client is registered. */
export const CLIENT_ID = 'L4v0dmlNBpYUjGGab0C2JtgTgXr1Qz4d'
/** The service that the tokens are for. */
const AUDIENCE = 'https://hub.docker.com'

/** A login that waits for the user to confirm it in a browser. */
export interface DeviceCode {
  readonly deviceCode: string
  /** The code that the user types in the browser. */
  readonly userCode: string
  /** The URL of the page for the code; it contains the code. */
  readonly verificationUrl: string
  /** Seconds. */
  readonly expiresIn: number
  /** Seconds between two requests for the tokens. */
  readonly interval: number
}

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  /** The Docker ID of the user. */
  readonly username: string
}

/** A client of Docker's identity provider, for logins by device code (RFC 8628). No error message contains a token. */
export class IdentityProvider {
  readonly #send: SendWeb

  constructor(send: SendWeb) {
    this.#send = send
  }

  /** Starts a login. @throws Error if the provider's response is not successful */
  async requestDeviceCode(): Promise<DeviceCode> {
    const response = await this.#postForm('/oauth/device/code', { audience: AUDIENCE, scope: 'openid offline_access' })
    if (response.statusCode !== 200) throw oauthError(response)
    const fields = parseFields(response.text)
    return {
      deviceCode: textOf(fields.device_code),
      userCode: textOf(fields.user_code),
      verificationUrl: textOf(fields.verification_uri_complete),
      expiresIn: Number(fields.expires_in) || 0,
      interval: Math.max(Number(fields.interval) || 0, 1),
    }
  }

  /** Polls until the user has confirmed the login. @throws Error if the login is refused or expires */
  async pollTokens({ deviceCode, expiresIn, interval }: DeviceCode, signal: AbortSignal): Promise<Tokens> {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(expiresIn * 1000)])
    for (let pause = interval; ; ) {
      await sleep(pause * 1000, undefined, { signal: deadline }).catch(() => {
        throw new Error('timed out waiting for device token')
      })
      const fields = await this.#requestTokens(deviceCode, signal)
      if (typeof fields.error !== 'string') return tokensOf(fields)
      // The RFC demands five more seconds. docker gives up here.
      if (fields.error === 'slow_down') pause += 5
      else if (fields.error !== 'authorization_pending') throw new Error(textOf(fields.error_description))
    }
  }

  /** Creates a personal access token, which daemons use as the password. @throws Error with docker's message */
  async createPassword({ accessToken }: Tokens): Promise<string> {
    const url = `${AUDIENCE}/v2/access-tokens/desktop-generate`
    const headers = { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' }
    const response = await this.#post(url, headers, '')
    if (response.statusCode !== 201) throw new Error(`unexpected response from Hub: ${response.status}`)
    const { data } = parseFields(response.text)
    return typeof data === 'object' && data !== null && 'token' in data ? textOf(data.token) : ''
  }

  /** Revokes a refresh token. @throws Error if the provider's response is not successful */
  async revoke(refreshToken: string): Promise<void> {
    const response = await this.#postForm('/oauth/revoke', { token: refreshToken })
    if (response.statusCode !== 200) throw oauthError(response)
  }

  async #requestTokens(deviceCode: string, signal: AbortSignal): Promise<Fields> {
    const form = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode }
    const response = await this.#postForm('/oauth/token', form, signal).catch((error: unknown) => {
      throw new Error(`failed to get tokens: ${messageOf(error)}`)
    })
    try {
      return parseFields(response.text)
    } catch (error) {
      throw new Error(`failed to decode response: ${messageOf(error)}`)
    }
  }

  #postForm(path: string, form: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<WebResponse> {
    const body = new URLSearchParams({ client_id: CLIENT_ID, ...form }).toString()
    return this.#post(`${TENANT}${path}`, { 'Content-Type': 'application/x-www-form-urlencoded' }, body, signal)
  }

  async #post(url: string, headers: Record<string, string>, body: string, signal?: AbortSignal): Promise<WebResponse> {
    try {
      return await this.#send({ method: 'POST', url, headers, body, ...(signal ? { signal } : {}) })
    } catch (error) {
      throw new Error(`Post "${url}": ${messageOf(error)}`)
    }
  }
}

type Fields = Readonly<Record<string, unknown>>

/** Parses a JSON object. Other JSON values count as an empty object. @throws Error with Go's message if it is not JSON */
function parseFields(text: string): Fields {
  const fault = goJsonError(text, 'EOF')
  if (fault !== '') throw new Error(fault)
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function oauthError({ text, status }: WebResponse): Error {
  const description = goJsonError(text) === '' ? textOf(parseFields(text).error_description) : ''
  return new Error(description || `unexpected response from tenant: ${status}`)
}

function tokensOf(fields: Fields): Tokens {
  const accessToken = textOf(fields.access_token)
  return { accessToken, refreshToken: textOf(fields.refresh_token), username: usernameIn(accessToken) }
}

/**
 * Returns the user's name from a JWT. Its signature is not verified, because it comes from the provider over TLS.
 * @throws ClaimsError with docker's message
 */
function usernameIn(accessToken: string): string {
  const [, claims = '', ...rest] = accessToken.split('.')
  if (rest.length !== 1) throw new ClaimsError('go-jose/go-jose: compact JWS format must have three parts')
  try {
    const { [AUDIENCE]: domain } = parseFields(Buffer.from(claims, 'base64url').toString())
    return typeof domain === 'object' && domain !== null && 'username' in domain ? textOf(domain.username) : ''
  } catch (error) {
    throw new ClaimsError(messageOf(error))
  }
}

/** The access token is not a readable JWT. */
export class ClaimsError extends Error {
  override name = 'ClaimsError'
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
