import type Modem from 'docker-modem'
import type { Endpoint } from '../../domain/context/endpoint.ts'
import { ConnectionError, codeOf } from '../../domain/errors.ts'
import { connectionError, dialReason, requestUrl } from './connection-error.ts'
import { isSuccess, responseError, upgradeError } from './error-response.ts'
import { MalformedResponseError } from './malformed-response.ts'
import { readAvailableText, readBoundedText } from './read-text.ts'
import { Transport } from './transport.ts'
import {
  type Hijacked,
  type RawConnection,
  type Refusal,
  type Response,
  type ResponseHead,
  type StreamedResponse,
  type Upgrade,
  UploadError,
  type WireRequest,
} from './wire.ts'

/** docker's limit for the messages of error responses, in bytes. */
const MAX_MESSAGE_SIZE = 1024 * 1024

/** How long a daemon may take to send the reason for refusing a raw stream, in milliseconds. */
const REASON_TIMEOUT = 200

/** The outcome of a ping that got a response. */
export interface PingResult {
  readonly head: ResponseHead
  /** The error that the daemon responded with, if it did. */
  readonly error?: Error
}

/** Logs a request for debugging. It gets no headers or bodies, because these can contain secrets. */
export type RequestLog = (method: string, path: string, statusCode: number) => void

/** Shows a request before it is sent (--explain). What it shows must not contain secrets. */
export type ExplainRequest = (
  request: Pick<WireRequest, 'method' | 'path' | 'headers'>,
  body: Modem.Body,
  isHijacked: boolean,
) => void

/**
 * Sends requests to a daemon, and turns what goes wrong into docker's errors. It keeps the API version of the requests,
 * because the daemon may refuse it.
 */
export class RequestSender {
  readonly headers: Record<string, string>
  readonly #endpoint: Endpoint
  readonly #transport: Transport
  readonly #log: RequestLog
  readonly #explain: ExplainRequest | undefined
  #apiVersion = ''
  #newestApiVersion = ''
  #canVersionChange = false
  /** Whether the daemon has served a request with the API version. */
  #isVersionAccepted = false

  constructor(endpoint: Endpoint, log: RequestLog, explain?: ExplainRequest) {
    this.headers = { ...endpoint.headers }
    this.#endpoint = endpoint
    this.#transport = new Transport(endpoint)
    this.#log = log
    this.#explain = explain
  }

  /** Whether the daemon is on this machine. */
  get isLocal(): boolean {
    return this.#endpoint.address.kind === 'unix'
  }

  /** The API version of later requests. Empty until it is negotiated. */
  get apiVersion(): string {
    return this.#apiVersion
  }

  /**
   * Sets the API version of later requests.
   * @param newest the version up to which requests are repeated when the daemon refuses theirs as too old
   */
  useApiVersion(version: string, newest = version): void {
    this.#apiVersion = version
    this.#newestApiVersion = newest
    this.#canVersionChange ||= newest !== version
  }

  /** The prefix of every path: the API version, after the base path of a daemon behind a proxy. Empty until negotiated. */
  get prefix(): string {
    return this.#apiVersion === '' ? '' : this.#prefixOf(this.#apiVersion)
  }

  #prefixOf(version: string): string {
    const { address } = this.#endpoint
    const base = address.kind === 'tcp' && address.basePath !== '' ? `${address.basePath.slice(1)}/` : ''
    return `${base}v${version}`
  }

  prepareRequest(): void {
    this.#transport.prepareRequest()
  }

  prepareUpgrade(connections: number): void {
    this.#transport.prepareUpgrade(connections)
  }

  close(): Promise<void> {
    return this.#transport.close()
  }

  /**
   * Pings the daemon on a path without API version. It sends HEAD, and GET when the response to HEAD is neither 200 nor
   * 500, like moby's client.Ping. Redirects are not followed.
   * @throws ConnectionError when there is no response, or a redirect
   */
  async ping(onSent: () => void): Promise<PingResult> {
    const { address } = this.#endpoint
    const base = address.kind === 'tcp' ? address.basePath : ''
    const send = async (method: 'HEAD' | 'GET'): Promise<Response> => {
      const request = { method, path: `${base}/_ping`, headers: { ...this.headers }, onSent }
      const { body, ...head } = await this.#exchange(request, undefined)
      const response = { ...head, text: (await readBoundedText(body, MAX_MESSAGE_SIZE)) ?? '' }
      if (
        response.statusCode !== 304 &&
        response.header('location') !== '' &&
        response.statusCode >= 300 &&
        response.statusCode < 400
      )
        throw new ConnectionError('unexpected redirect in response')
      return response
    }
    const head = await send('HEAD')
    const response = head.statusCode === 200 || head.statusCode === 500 ? head : await send('GET')
    if (response.statusCode >= 200 && response.statusCode < 400) return { head: response }
    const url = requestUrl(this.#endpoint, `${base}/_ping`)
    return { head: response, error: responseError('GET', response, response.text, url) }
  }

  /** Connects to the daemon without sending anything. @throws ConnectionError with Go's message */
  async connect(): Promise<RawConnection> {
    try {
      return await this.#transport.connect()
    } catch (error) {
      throw new ConnectionError(dialReason(error, this.#endpoint))
    }
  }

  /** Sends a request and reads the body of the response. @throws EngineError ConnectionError */
  async response(request: WireRequest, body: Modem.Body): Promise<Response> {
    const { body: bytes, ...head } = await this.stream(request, body)
    return { ...head, ...(await readAvailableText(bytes)) }
  }

  /**
   * Sends a request and returns the response as soon as its head has arrived. A request whose API version the daemon refuses
   * as too old is repeated with a newer one.
   * @throws EngineError when the daemon responds with an error; ConnectionError
   */
  async stream(composed: WireRequest, body: Modem.Body): Promise<StreamedResponse> {
    // An upload cannot be sent twice, so its version is checked before.
    const request = isUpload(body) ? ((await this.#askForNewerVersion(composed)) ?? composed) : composed
    const response = await this.#exchange(request, body)
    if (isSuccess(request.method, response)) {
      this.#isVersionAccepted = true
      return response
    }
    const message = await this.#readMessage(request, response)
    const error = responseError(request.method, response, message, this.#url(request))
    const repeated = await this.#newerRequest(request, response.statusCode, error)
    if (repeated === undefined || request.isTiedToVersion || isUpload(body)) throw error
    return this.stream(repeated, body)
  }

  /**
   * Returns a refused request with the daemon's oldest API version, which all later requests then use. Undefined when the
   * version is not the reason.
   */
  async #newerRequest(request: WireRequest, statusCode: number, error: unknown): Promise<WireRequest | undefined> {
    if (statusCode !== 400) this.#isVersionAccepted = true
    if (statusCode !== 400 || !this.#canVersionChange) return undefined
    // The response to a HEAD request does not say why it was refused.
    if (request.method === 'HEAD') return this.#askForNewerVersion(request)
    return this.#withMinimum(request, error)
  }

  /** Pings the daemon with the API version, if it may refuse that. Returns the request with a newer one if it does. */
  async #askForNewerVersion(request: WireRequest): Promise<WireRequest | undefined> {
    if (this.#isVersionAccepted || !this.#canVersionChange) return undefined
    const ping: WireRequest = { method: 'GET', path: `/${this.prefix}/_ping`, headers: { ...this.headers } }
    const response = await this.#exchange(ping, undefined)
    const message = await this.#readMessage(ping, response)
    this.#isVersionAccepted = response.statusCode !== 400
    if (this.#isVersionAccepted) return undefined
    return this.#withMinimum(request, responseError('GET', response, message, this.#url(ping)))
  }

  async #withMinimum(request: WireRequest, error: unknown): Promise<WireRequest | undefined> {
    const { parseRefusal } = await import('./refused-version.ts')
    const { refused, minimum } = parseRefusal(error, this.#newestApiVersion) ?? {}
    if (refused === undefined || minimum === undefined) return undefined
    const prefix = `/${this.#prefixOf(refused)}/`
    if (!request.path.startsWith(prefix)) return undefined
    // Another request may have changed the version meanwhile.
    if (this.#apiVersion === refused) this.useApiVersion(minimum, this.#newestApiVersion)
    return { ...request, path: `/${this.prefix}/${request.path.slice(prefix.length)}` }
  }

  /** Reads the body of an error response. @throws Error with docker's message for one that is too large */
  async #readMessage(request: WireRequest, { statusCode, statusText, body }: StreamedResponse): Promise<string> {
    const message = await readBoundedText(body, MAX_MESSAGE_SIZE)
    if (message !== undefined) return message
    throw new Error(
      `request returned ${statusCode} ${statusText} with a message (> ${MAX_MESSAGE_SIZE} bytes) for API route and version ${this.#url(request)}, check if the server supports the requested API version`,
    )
  }

  async #exchange(request: WireRequest, body: Modem.Body): Promise<StreamedResponse> {
    this.#explain?.(request, body, false)
    const sent = isUpload(body) ? this.#transport.upload(request, body) : this.#transport.stream(request, body)
    const response = await sent.catch((error: unknown) => {
      throw error instanceof UploadError ? error.cause : connectionError(error, this.#endpoint, request)
    })
    this.#log(request.method, request.path, response.statusCode)
    return response
  }

  /** Sends a request for a raw stream. @throws EngineError when the daemon refuses it; ConnectionError */
  async hijack(request: WireRequest, body: Modem.Body): Promise<Hijacked> {
    this.#explain?.(request, body, true)
    const response = await this.#upgrade(request, body)
    this.#log(request.method, request.path, response.statusCode)
    if ('socket' in response) {
      const { socket, finish } = response
      return { socket, finish, contentType: response.header('content-type') }
    }
    const error = upgradeError(response, await readReason(response))
    const repeated = await this.#newerRequest(request, response.statusCode, error)
    if (repeated) return this.hijack(repeated, body)
    throw error
  }

  async #upgrade(request: WireRequest, body: Modem.Body): Promise<Upgrade | Refusal> {
    if (isUpload(body)) {
      throw new TypeError('a request for a raw stream cannot have a streamed body')
    }
    try {
      return await this.#transport.upgrade(request, body)
    } catch (error) {
      // docker's client reads these responses with another function of Go, which adds nothing to the errors.
      if (codeOf(error) === 'ECONNRESET') throw new ConnectionError('unexpected EOF')
      if (error instanceof MalformedResponseError) throw new ConnectionError(error.message)
      throw connectionError(error, this.#endpoint, request)
    }
  }

  #url(request: WireRequest): string {
    return requestUrl(this.#endpoint, request.path)
  }
}

/** Whether a body is a stream, which can be sent only once. */
function isUpload(body: Modem.Body): body is AsyncIterable<Uint8Array> {
  return body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body)
}

/**
 * Reads the reason that a daemon gives for refusing a raw stream, for a hint. docker does not read it, so the time is
 * limited: the daemon may keep the connection open. @returns what arrived, which may be cut; empty when it is too large
 */
async function readReason({ body, close }: Refusal): Promise<string> {
  const timer = setTimeout(close, REASON_TIMEOUT)
  try {
    return (await readBoundedText(body, MAX_MESSAGE_SIZE)) ?? ''
  } catch {
    return ''
  } finally {
    clearTimeout(timer)
    close()
  }
}
