import { setTimeout as sleep } from 'node:timers/promises'
import { messageOf } from '../../../domain/errors.ts'
import { goJsonError } from '../../../domain/go/json.ts'
import type { SendWeb, WebResponse } from '../../../registry/http-client.ts'

/** Docker's identity provider, the name that docker's client has there, and what the tokens are for. */
const TENANT = 'https://login.docker.com'
export const CLIENT_ID = 'L4v0dmlNBpYUjGGab0C2JtgTgXr1Qz4d'
const AUDIENCE = 'https://hub.docker.com'

/** A login that waits for a person with a browser. */
export interface DeviceCode {
  readonly deviceCode: string
  /** What the person types there. */
  readonly userCode: string
  /** Where; with the code in it. */
  readonly verificationUrl: string
  /** Seconds. */
  readonly expiresIn: number
  /** Seconds between two questions for the tokens. */
  readonly interval: number
}

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
  /** Whose they are. */
  readonly username: string
}

/** Login at Docker's identity provider by OAuth's device code (RFC 8628). No error names a token. */
export class Tenant {
  readonly #send: SendWeb

  constructor(send: SendWeb) {
    this.#send = send
  }

  /** Begins a login. @throws Error when the provider does not response as it should */
  async deviceCode(): Promise<DeviceCode> {
    const response = await this.#form('/oauth/device/code', { audience: AUDIENCE, scope: 'openid offline_access' })
    if (response.statusCode !== 200) throw oauthError(response)
    const found = fieldsOf(response.text)
    return {
      deviceCode: textOf(found.device_code),
      userCode: textOf(found.user_code),
      verificationUrl: textOf(found.verification_uri_complete),
      expiresIn: Number(found.expires_in) || 0,
      interval: Math.max(Number(found.interval) || 0, 1),
    }
  }

  /** Asks until the person has logged in. @throws Error when the login is refused or comes too late */
  async tokens({ deviceCode, expiresIn, interval }: DeviceCode, signal: AbortSignal): Promise<Tokens> {
    const deadline = AbortSignal.any([signal, AbortSignal.timeout(expiresIn * 1000)])
    for (let pause = interval; ; ) {
      await sleep(pause * 1000, undefined, { signal: deadline }).catch(() => {
        throw new Error('timed out waiting for device token')
      })
      const found = await this.#askTokens(deviceCode, signal)
      if (typeof found.error !== 'string') return tokensOf(found)
      // The RFC wants five seconds more; docker gives up.
      if (found.error === 'slow_down') pause += 5
      else if (found.error !== 'authorization_pending') throw new Error(textOf(found.error_description))
    }
  }

  /** Makes a password for the engine. @throws Error with docker's words */
  async password({ accessToken }: Tokens): Promise<string> {
    const url = `${AUDIENCE}/v2/access-tokens/desktop-generate`
    const headers = { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' }
    const response = await this.#post(url, headers, '')
    if (response.statusCode !== 201) throw new Error(`unexpected response from Hub: ${response.status}`)
    const { data } = fieldsOf(response.text)
    return typeof data === 'object' && data !== null && 'token' in data ? textOf(data.token) : ''
  }

  /** Makes a token worthless. @throws Error when the provider does not say so */
  async revoke(refreshToken: string): Promise<void> {
    const response = await this.#form('/oauth/revoke', { token: refreshToken })
    if (response.statusCode !== 200) throw oauthError(response)
  }

  async #askTokens(deviceCode: string, signal: AbortSignal): Promise<Fields> {
    const form = { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode }
    const response = await this.#form('/oauth/token', form, signal).catch((error: unknown) => {
      throw new Error(`failed to get tokens: ${messageOf(error)}`)
    })
    try {
      return fieldsOf(response.text)
    } catch (error) {
      throw new Error(`failed to decode response: ${messageOf(error)}`)
    }
  }

  #form(path: string, form: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<WebResponse> {
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

/** @throws Error in Go's words for what is no JSON object */
function fieldsOf(text: string): Fields {
  const fault = goJsonError(text, 'EOF')
  if (fault !== '') throw new Error(fault)
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function oauthError({ text, status }: WebResponse): Error {
  const description = goJsonError(text) === '' ? textOf(fieldsOf(text).error_description) : ''
  return new Error(description || `unexpected response from tenant: ${status}`)
}

function tokensOf(found: Fields): Tokens {
  const accessToken = textOf(found.access_token)
  return { accessToken, refreshToken: textOf(found.refresh_token), username: usernameIn(accessToken) }
}

/** The name in a JWT. What it says is not verified: it came from the provider just now. @throws Error with docker's words */
function usernameIn(accessToken: string): string {
  const [, claims = '', ...rest] = accessToken.split('.')
  if (rest.length !== 1) throw new ClaimsError('go-jose/go-jose: compact JWS format must have three parts')
  try {
    const { [AUDIENCE]: domain } = fieldsOf(Buffer.from(claims, 'base64url').toString())
    return typeof domain === 'object' && domain !== null && 'username' in domain ? textOf(domain.username) : ''
  } catch (error) {
    throw new ClaimsError(messageOf(error))
  }
}

/** The access token cannot be read. */
export class ClaimsError extends Error {
  override name = 'ClaimsError'
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
