import type { Duplex } from 'node:stream'
import type Modem from 'docker-modem'
import type { Endpoint } from '../../domain/context/endpoint.ts'
import { ConnectionError, codeOf } from '../../domain/errors.ts'
import { hasStrayBytes } from '../../domain/go/bytes.ts'
import { endOfFirstJsonValue, goJsonError } from '../../domain/go/json.ts'
import { escapeStrayQuery } from '../../domain/go/url.ts'
import { connectionError, dialReason, requestUrl } from './connection-error.ts'
import { isSuccess, responseError, upgradeError } from './error-response.ts'
import { exactBody, parseExactJson, withoutStrayBytes } from './exact-json.ts'
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
 * Sends the requests that docker-modem composes. docker-modem's own constructor and sending are not used: they take
 * endpoints and certificates from the environment, discard the daemon's error messages and the response headers, and
 * log requests with their secrets.
 */
export class TugModem implements Modem {
  /** The prefix of every path: the API version, after the base path of a daemon behind a proxy. Empty until negotiated. */
  version = ''
  readonly headers: Record<string, string>
  /** Keeps docker-modem from composing URLs. The transport has the address. */
  readonly socketPath = 'unused'
  #compose: Modem['dial'] | undefined
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
    this.version = this.#prefixOf(version)
  }

  #prefixOf(version: string): string {
    const { address } = this.#endpoint
    const base = address.kind === 'tcp' && address.basePath !== '' ? `${address.basePath.slice(1)}/` : ''
    return `${base}v${version}`
  }

  /** Sends a request. Integers of its body that are bigints are written with all digits. */
  dial<T>(options: Modem.DialOptions, callback: Modem.Callback<T>): void {
    if (options.options?._body) options.options._body = exactBody(options.options._body)
    if (!this.#compose) throw new Error('a request was sent before docker-modem was loaded')
    this.#compose(options, callback)
  }

  /** Loads docker-modem, which composes all requests but the ping. */
  async loadComposer(): Promise<void> {
    const { default: DockerModem } = await import('docker-modem')
    this.#compose = DockerModem.prototype.dial
  }

  getSocketPath(): Promise<string> {
    return Promise.resolve(this.socketPath)
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
   * Encodes a query like Go's `url.Values.Encode`: sorted by name, a list as repeated parameters. Objects become JSON,
   * which is the Engine API's form.
   */
  buildQuerystring(query: Record<string, unknown>): string {
    const pairs = Object.keys(query)
      .sort()
      .flatMap((name) =>
        toList(query[name]).map((item): [string, string] => [
          name,
          typeof item === 'object' ? withoutStrayBytes(JSON.stringify(item)) : String(item),
        ]),
      )
    if (!pairs.some(([, value]) => hasStrayBytes(value))) return new URLSearchParams(pairs).toString()
    return pairs.map(([name, value]) => `${escapeStrayQuery(name)}=${escapeStrayQuery(value)}`).join('&')
  }

  buildRequest(
    request: Modem.ComposedRequest,
    context: Modem.DialOptions,
    body: Modem.Body,
    callback: Modem.Callback<unknown>,
  ): void {
    // The other fields of the request are left out: docker-modem adds a socket path and certificates of its own.
    const { method, signal } = request
    const composed = {
      method,
      path: request.path.replace(/\?$/, ''),
      headers: { ...this.headers, ...request.headers },
      ...(signal ? { signal } : {}),
      ...(context.receiver?.isTiedToVersion ? { isTiedToVersion: true } : {}),
    }
    const sent = typeof body === 'string' ? withoutStrayBytes(body) : body
    this.#send(composed, context.receiver ?? {}, sent).then(
      (result) => callback(null, result),
      (error: unknown) => callback(error, undefined),
    )
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

  /** Sends a request and returns the response's body as text. */
  text(options: Modem.DialOptions): Promise<string> {
    return this.#receive((resolve, failed) => this.dial({ ...options, receiver: { text: resolve } }, failed))
  }

  /** Sends a request and returns the response's head, once its body has been read. */
  head(options: Modem.DialOptions): Promise<ResponseHead> {
    return this.#receive((resolve, failed) => this.dial({ ...options, receiver: { head: resolve } }, failed))
  }

  /** Sends a request and returns the response as soon as its head has arrived. The body is streamed. */
  stream(options: Modem.DialOptions): Promise<StreamedResponse> {
    return this.#receive((resolve, failed) => this.dial({ ...options, receiver: { stream: resolve } }, failed))
  }

  /**
   * Sends a request for a raw stream and returns the hijacked connection.
   * @param onSent called when the request has been sent
   */
  upgrade(options: Modem.DialOptions, onSent: () => void): Promise<Hijacked> {
    return this.#receive((resolve, failed) => {
      const isLocal = this.#endpoint.address.kind === 'unix'
      const upgrade = (socket: Duplex, contentType: string) =>
        resolve({ socket, contentType, finish: () => finish(socket, isLocal) })
      this.dial({ ...options, hijack: true, receiver: { upgrade, onSent } }, failed)
    })
  }

  /** Connects to the daemon without sending anything. @throws ConnectionError with Go's message */
  async connect(): Promise<RawConnection> {
    try {
      return await this.#transport.connect()
    } catch (error) {
      throw new ConnectionError(dialReason(error, this.#endpoint))
    }
  }

  /** Sends a request and returns the response's JSON, which is not validated. */
  json<T>(options: Modem.DialOptions): Promise<T> {
    return new Promise((resolve, reject) => {
      this.dial<T>(options, (error, result) => (error ? reject(error) : resolve(result)))
    })
  }

  #receive<T>(dial: (resolve: (value: T) => void, failed: Modem.Callback<unknown>) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      dial(resolve, (error) => {
        if (error) reject(error)
      })
    })
  }

  async #send(request: Modem.ComposedRequest, receiver: Modem.Receiver, body: Modem.Body): Promise<unknown> {
    if (receiver.upgrade) {
      const { onSent } = receiver
      const { socket, contentType } = await this.#hijack({ ...request, ...(onSent && { onSent }) }, body)
      return receiver.upgrade(socket, contentType)
    }
    if (receiver.stream) return receiver.stream(await this.#stream(request, body))
    const response = await this.#response(request, body)
    if (receiver.head) return receiver.head(response)
    if (!receiver.text) return parseJson(response, receiver.isExact)
    if (response.failure) throw response.failure
    return receiver.text(response.text)
  }

  async #response(request: WireRequest, body: Modem.Body): Promise<Response> {
    const { body: bytes, ...head } = await this.#stream(request, body)
    return { ...head, ...(await readAvailableText(bytes)) }
  }

  async #stream(composed: WireRequest, body: Modem.Body): Promise<StreamedResponse> {
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
    return this.#stream(repeated, body)
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
    const ping: WireRequest = { method: 'GET', path: `/${this.version}/_ping`, headers: { ...this.headers } }
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
    return { ...request, path: `/${this.version}/${request.path.slice(prefix.length)}` }
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
    const response = await this.#request(request, body)
    this.#log(request.method, request.path, response.statusCode)
    return response
  }

  async #request(request: WireRequest, body: Modem.Body): Promise<StreamedResponse> {
    try {
      return await (isUpload(body) ? this.#transport.upload(request, body) : this.#transport.stream(request, body))
    } catch (error) {
      throw error instanceof UploadError ? error.cause : connectionError(error, this.#endpoint, request)
    }
  }

  async #hijack(request: WireRequest, body: Modem.Body): Promise<Pick<Hijacked, 'socket' | 'contentType'>> {
    this.#explain?.(request, body, true)
    const response = await this.#upgrade(request, body)
    this.#log(request.method, request.path, response.statusCode)
    if ('socket' in response) return { socket: response.socket, contentType: response.header('content-type') }
    const error = upgradeError(response, await readReason(response))
    const repeated = await this.#newerRequest(request, response.statusCode, error)
    if (repeated) return this.#hijack(repeated, body)
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

/** Ends our side of a hijacked connection. It loads the code for this on demand, because only detaching needs it. */
async function finish(socket: Duplex, isLocal: boolean): Promise<void> {
  const { finishWriting } = await import('./finish-writing.ts')
  return finishWriting(socket, isLocal)
}

/** Whether a body is a stream, which can be sent only once. */
function isUpload(body: Modem.Body): body is AsyncIterable<Uint8Array> {
  return body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body)
}

function toList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
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

/** Parses the first JSON value of a body, like Go's decoder. @throws Error with Go's message for malformed JSON */
function parseJson({ text, failure }: Response, isExact = false): unknown {
  const parse = isExact ? parseExactJson : (json: string): unknown => JSON.parse(json)
  try {
    return text.trim() === '' && !failure ? undefined : parse(text)
  } catch {
    const end = endOfFirstJsonValue(text)
    if (end < 0) throw failure ?? new Error(goJsonError(text))
    return parse(text.slice(0, end))
  }
}
