import type { Duplex } from 'node:stream'
import Modem from 'docker-modem'
import type { Endpoint } from '../../domain/context/endpoint.ts'
import { ConnectionError } from '../../domain/errors.ts'
import { endOfFirstJsonValue, goJsonError } from '../../domain/go/json.ts'
import { connectionError, requestUrl } from './connection-error.ts'
import { finishWriting } from './finish-writing.ts'
import { readText } from './read-text.ts'
import { isAccepted, refusal, refusedUpgrade } from './refusal.ts'
import { streamedResponse, untilCut } from './streamed-response.ts'
import { Transport } from './transport.ts'
import type { Hijacked, Response, ResponseHead, StreamedResponse, Upgrade, WireRequest } from './wire.ts'

/** What came of a ping. */
export interface PingResult {
  readonly head: ResponseHead
  /** What the daemon says where it refused; unset where it did not. */
  readonly refusal?: Error
}

/** What was to be uploaded could not be read. */
class UploadError extends Error {}

/** Told of every request when debugging. Paths may be shown; headers and bodies may hold secrets and are not told. */
export type RequestLog = (method: string, path: string, statusCode: number) => void

/**
 * docker-modem composes the requests; this sends them. docker-modem's own constructor and sending are left out: they
 * take endpoints and certificates from the environment, lose the daemon's error texts and the response headers, and
 * log requests with their secrets.
 */
export class TugModem implements Modem {
  /** Prefixed to every path: `v1.45`. Empty until the version is settled. */
  version = ''
  readonly headers: Record<string, string>
  /** Keeps docker-modem from composing URLs; the transport knows where to go. */
  readonly socketPath = 'unused'
  readonly dial = Modem.prototype.dial
  readonly getSocketPath = Modem.prototype.getSocketPath
  readonly #endpoint: Endpoint
  readonly #transport: Transport
  readonly #log: RequestLog

  constructor(endpoint: Endpoint, log: RequestLog) {
    this.headers = { ...endpoint.headers }
    this.#endpoint = endpoint
    this.#transport = new Transport(endpoint)
    this.#log = log
  }

  /** Prefixes every path from now on, with the base path of a daemon behind a proxy too. */
  useApiVersion(version: string): void {
    const { address } = this.#endpoint
    const base = address.kind === 'tcp' && address.basePath !== '' ? `${address.basePath.slice(1)}/` : ''
    this.version = `${base}v${version}`
  }

  prepareUpgrade(): void {
    this.#transport.prepareUpgrade()
  }

  close(): Promise<void> {
    return this.#transport.close()
  }

  /** As Go's `url.Values.Encode`: sorted by name, lists repeated. Objects are JSON, the form the Engine API asks for. */
  buildQuerystring(query: Record<string, unknown>): string {
    const params = new URLSearchParams()
    for (const name of Object.keys(query).sort()) {
      for (const item of asList(query[name])) {
        params.append(name, typeof item === 'object' ? JSON.stringify(item) : String(item))
      }
    }
    return params.toString()
  }

  buildRequest(
    request: Modem.ComposedRequest,
    context: Modem.DialOptions,
    body: Modem.Body,
    callback: Modem.Callback<unknown>,
  ): void {
    // Only what was composed: docker-modem adds the socket path and certificates that it thinks are in force.
    const { method, signal } = request
    const composed = {
      method,
      path: request.path.replace(/\?$/, ''),
      headers: { ...this.headers, ...request.headers },
      ...(signal ? { signal } : {}),
    }
    this.#send(composed, context.taker ?? {}, body).then(
      (result) => callback(null, result),
      (error: unknown) => callback(error, undefined),
    )
  }

  /**
   * Asks what the daemon is, outside any API version: by HEAD, and by GET where somebody has something against HEAD
   * (moby's client.Ping). A redirect is not followed.
   * @throws ConnectionError where nobody responds, or somebody points elsewhere
   */
  async ping(): Promise<PingResult> {
    const { address } = this.#endpoint
    const base = address.kind === 'tcp' ? address.basePath : ''
    const ask = async (method: 'HEAD' | 'GET'): Promise<Response> => {
      const request = { method, path: `${base}/_ping`, headers: { ...this.headers } }
      const response = await this.#exchange(request, undefined)
      if (
        response.statusCode !== 304 &&
        response.header('location') !== '' &&
        response.statusCode >= 300 &&
        response.statusCode < 400
      )
        throw new ConnectionError('unexpected redirect in response')
      return response
    }
    const head = await ask('HEAD')
    const response = head.statusCode === 200 || head.statusCode === 500 ? head : await ask('GET')
    if (response.statusCode >= 200 && response.statusCode < 400) return { head: response }
    const url = requestUrl(this.#endpoint, `${base}/_ping`)
    return { head: response, refusal: refusal('GET', response, response.text, url) }
  }

  /** The response's text as the daemon wrote it. */
  text(options: Modem.DialOptions): Promise<string> {
    return this.#take((taken, failed) => this.dial({ ...options, taker: { text: taken } }, failed))
  }

  /** The response's head, once its body has been read. */
  head(options: Modem.DialOptions): Promise<ResponseHead> {
    return this.#take((taken, failed) => this.dial({ ...options, taker: { head: taken } }, failed))
  }

  /** The response, its body as it arrives, once the daemon has begun to response. */
  stream(options: Modem.DialOptions): Promise<StreamedResponse> {
    return this.#take((taken, failed) => this.dial({ ...options, taker: { stream: taken } }, failed))
  }

  /** The connection itself, after the daemon agreed to raw bytes both ways. */
  upgrade(options: Modem.DialOptions): Promise<Hijacked> {
    return this.#take((taken, failed) => {
      const isLocal = this.#endpoint.address.kind === 'unix'
      const upgrade = (socket: Duplex, contentType: string) =>
        taken({ socket, contentType, finish: () => finishWriting(socket, isLocal) })
      this.dial({ ...options, hijack: true, taker: { upgrade } }, failed)
    })
  }

  /** The response's JSON, taken at its word. */
  json<T>(options: Modem.DialOptions): Promise<T> {
    return new Promise((resolve, reject) => {
      this.dial<T>(options, (error, result) => (error ? reject(error) : resolve(result)))
    })
  }

  #take<T>(dial: (taken: (value: T) => void, failed: Modem.Callback<unknown>) => void): Promise<T> {
    return new Promise((resolve, reject) => {
      dial(resolve, (error) => {
        if (error) reject(error)
      })
    })
  }

  async #send(request: Modem.ComposedRequest, taker: Modem.Taker, body: Modem.Body): Promise<unknown> {
    if (taker.upgrade) {
      const { socket, contentType } = await this.#hijack(request, body)
      return taker.upgrade(socket, contentType)
    }
    if (taker.stream) return taker.stream(await this.#stream(request, body))
    const response = await this.#response(request, body)
    if (taker.head) return taker.head(response)
    return taker.text ? taker.text(response.text) : parseJson(response.text)
  }

  async #response(request: WireRequest, body: Modem.Body): Promise<Response> {
    if (body !== undefined && typeof body !== 'string') {
      const { body: responded, ...head } = await this.#stream(request, body)
      return { ...head, text: await this.#readAll(request, responded) }
    }
    const response = await this.#exchange(request, body)
    if (!isAccepted(request.method, response))
      throw refusal(request.method, response, response.text, this.#url(request))
    return response
  }

  async #exchange(request: WireRequest, body: string | undefined): Promise<Response> {
    try {
      const response = await this.#transport.exchange(request, body)
      this.#log(request.method, request.path, response.statusCode)
      return response
    } catch (error) {
      throw connectionError(error, this.#endpoint, request)
    }
  }

  async #stream(request: WireRequest, body: Modem.Body): Promise<StreamedResponse> {
    const response = await this.#respond(request, body)
    this.#log(request.method, request.path, response.statusCode)
    if (isAccepted(request.method, response)) return { ...response, body: untilCut(response.body) }
    throw refusal(request.method, response, await this.#readAll(request, response.body), this.#url(request))
  }

  async #respond(request: WireRequest, body: Modem.Body): Promise<StreamedResponse> {
    try {
      if (body === undefined || typeof body === 'string') return await this.#transport.respond(request, body)
      return await this.#upload(request, body)
    } catch (error) {
      throw error instanceof UploadError ? error.cause : connectionError(error, this.#endpoint, request)
    }
  }

  async #upload(request: WireRequest, body: Buffer | NodeJS.ReadableStream): Promise<StreamedResponse> {
    const sent = await this.#transport.open(request)
    return new Promise((resolve, reject) => {
      sent.once('error', reject).once('response', (response) => resolve(streamedResponse(response)))
      if (Buffer.isBuffer(body)) {
        sent.end(body)
        return
      }
      body.once('error', (error) => {
        // The source's own error is what the person must see, not the broken connection it causes.
        reject(new UploadError('the upload broke off', { cause: error }))
        sent.destroy()
      })
      body.pipe(sent)
    })
  }

  async #hijack(request: WireRequest, body: Modem.Body): Promise<Pick<Hijacked, 'socket' | 'contentType'>> {
    const response = await this.#upgraded(request, body)
    this.#log(request.method, request.path, response.statusCode)
    if ('socket' in response) return { socket: response.socket, contentType: response.header('content-type') }
    throw refusedUpgrade(response, await this.#readAll(request, response.body))
  }

  async #upgraded(request: WireRequest, body: Modem.Body): Promise<Upgrade | StreamedResponse> {
    if (body !== undefined && typeof body !== 'string' && !Buffer.isBuffer(body)) {
      throw new TypeError('a connection cannot be taken over behind a stream')
    }
    try {
      return await this.#transport.upgrade(request, body)
    } catch (error) {
      throw connectionError(error, this.#endpoint, request)
    }
  }

  #url(request: WireRequest): string {
    return requestUrl(this.#endpoint, request.path)
  }

  async #readAll(request: WireRequest, body: AsyncIterable<Uint8Array>): Promise<string> {
    try {
      return await readText(body)
    } catch (error) {
      throw connectionError(error, this.#endpoint, request)
    }
  }
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}

/** The first value of the body, as Go's decoder reads it. @throws Error in Go's words for what is not JSON */
function parseJson(body: string): unknown {
  try {
    return body.trim() === '' ? undefined : JSON.parse(body)
  } catch {
    const end = endOfFirstJsonValue(body)
    if (end < 0) throw new Error(goJsonError(body))
    return JSON.parse(body.slice(0, end))
  }
}
