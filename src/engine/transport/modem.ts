import type Modem from 'docker-modem'
import { hasStrayBytes } from '../../domain/go/bytes.ts'
import { endOfFirstJsonValue, goJsonError } from '../../domain/go/json.ts'
import { escapeStrayQuery } from '../../domain/go/url.ts'
import { exactBody, parseExactJson, withoutStrayBytes } from './exact-json.ts'
import type { RequestSender } from './request-sender.ts'
import type { Hijacked, Response, ResponseHead, StreamedResponse } from './wire.ts'

/**
 * Sends the requests that docker-modem composes. docker-modem's own constructor and sending are not used: they take
 * endpoints and certificates from the environment, discard the daemon's error messages and the response headers, and
 * log requests with their secrets.
 */
export class TugModem implements Modem {
  /** Keeps docker-modem from composing URLs. The transport has the address. */
  readonly socketPath = 'unused'
  readonly #sender: RequestSender
  #compose: Modem['dial'] | undefined

  constructor(sender: RequestSender) {
    this.#sender = sender
  }

  /** The prefix of every path. */
  get version(): string {
    return this.#sender.prefix
  }

  get headers(): Record<string, string> {
    return this.#sender.headers
  }

  /** Sends a request. Integers of its body that are bigints are written with all digits. */
  dial<T>(options: Modem.DialOptions, callback: Modem.Callback<T>): void {
    if (options.options?._body) options.options._body = exactBody(options.options._body)
    if (!this.#compose) throw new Error('a request was sent before docker-modem was loaded')
    this.#compose(options, callback)
  }

  /** @param compose docker-modem's function that composes a request; all requests but the ping need it */
  composeWith(compose: Modem['dial']): void {
    this.#compose = compose
  }

  getSocketPath(): Promise<string> {
    return Promise.resolve(this.socketPath)
  }

  /**
   * Encodes a query like Go's `url.Values.Encode`: sorted by name, a list as repeated parameters. Objects become JSON,
   * which is the Engine API's form.
   */
  buildQuerystring(query: Record<string, unknown>): string {
    const pairs: [name: string, value: string][] = []
    for (const name of Object.keys(query).sort()) {
      for (const item of toList(query[name])) {
        pairs.push([name, typeof item === 'object' ? withoutStrayBytes(JSON.stringify(item)) : String(item)])
      }
    }
    if (pairs.length === 0) return ''
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
      path: request.path.endsWith('?') ? request.path.slice(0, -1) : request.path,
      headers: { ...this.headers, ...request.headers },
      ...(signal ? { signal } : {}),
      ...(context.receiver?.isTiedToVersion ? { isTiedToVersion: true } : {}),
      ...(context.receiver?.needsNodeStream ? { needsNodeStream: true } : {}),
    }
    const sent = typeof body === 'string' ? withoutStrayBytes(body) : body
    this.#send(composed, context.receiver ?? {}, sent).then(
      (result) => callback(null, result),
      (error: unknown) => callback(error, undefined),
    )
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
   * @param needsNodeStream whether its socket has to be a Node stream, which takes longer to load
   */
  upgrade(options: Modem.DialOptions, needsNodeStream: boolean): Promise<Hijacked> {
    return this.#receive((resolve, failed) => {
      this.dial({ ...options, hijack: true, receiver: { upgrade: resolve, needsNodeStream } }, failed)
    })
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
    if (receiver.upgrade) return receiver.upgrade(await this.#sender.hijack(request, body))
    if (receiver.stream) return receiver.stream(await this.#sender.stream(request, body))
    const response = await this.#sender.response(request, body)
    if (receiver.head) return receiver.head(response)
    if (!receiver.text) return parseJson(response, receiver.isExact)
    if (response.failure) throw response.failure
    return receiver.text(response.text)
  }
}

function toList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
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
