import type { SocketAddress, TlsMaterial } from '../../domain/context/endpoint.ts'
import { TruncatedResponseError } from '../../domain/errors.ts'
import { type BodyReader, CompleteBody, createBodyReader } from './http-body.ts'
import { serializeRequest } from './http-bytes.ts'
import { type CompleteHead, HangUpError, HeadReader } from './http-head.ts'
import { connectRawSocket, type RawSocket, type SocketHandlers } from './raw-socket.ts'
import { type StreamedResponse, type WireRequest, whenAborted } from './wire.ts'

/** The number of unread bytes above which the socket is paused. */
const HIGH_WATER_MARK = 1024 * 1024

/** A connection that is being established, or has been without a request. */
interface Opening {
  readonly connection: PooledConnection
  readonly connected: Promise<void>
}

/**
 * Sends requests over connections to one socket. A connection is used again once its response has been read, because
 * connecting takes longer than a short request. The bodies of responses are read with backpressure. Unlike with Bun's
 * `fetch`, the bytes that arrive before a connection breaks are not lost.
 */
export class ConnectionPool {
  readonly address: SocketAddress
  /** Whether the daemon is on this machine. */
  readonly isLocal: boolean
  readonly #tls: TlsMaterial | undefined
  readonly #open = new Set<PooledConnection>()
  readonly #idle: PooledConnection[] = []
  /** Connections that were opened before a request needed them. */
  readonly #spare: Opening[] = []
  #isClosed = false

  constructor(address: SocketAddress, tls?: TlsMaterial) {
    this.address = address
    this.isLocal = address.kind === 'unix'
    this.#tls = tls
  }

  /** @throws Error with a code when nothing listens; Error when the request is aborted; MalformedResponseError */
  async request(request: WireRequest, body: string | Buffer | undefined): Promise<StreamedResponse> {
    const bytes = serializeRequest(request, body)
    const idle = this.#idle.pop()
    if (!idle) return this.#requestOverNew(request, bytes)
    try {
      request.onSent?.()
      return await idle.exchange(request, bytes)
    } catch (error) {
      // The daemon may have closed the connection before it got the request. Like Go's client, this repeats only what
      // changes nothing.
      if (idle.hasResponse || request.signal?.aborted || !REPEATABLE.has(request.method)) throw error
      return this.#requestOverNew(request, bytes)
    }
  }

  /** Opens a connection for a request that will be sent at the same time as another one. */
  prepare(): void {
    // A command that has failed has closed its connections. Another one would keep the process alive.
    if (this.#isClosed) return
    const spare = this.#connect()
    this.#spare.push(spare)
    // A connection that breaks is forgotten. The request that would have used it connects anew, and reports why that fails.
    spare.connected.catch(() => {})
  }

  /**
   * Gives a connection to other handlers, for an upload or a raw stream. In Bun only. Over a network the connection may have
   * been used before, because opening one takes a round trip, or two to three with TLS.
   * @throws Error with a code when nothing listens; HandshakeError
   */
  handOver(handlers: SocketHandlers): Promise<unknown> {
    return this.isLocal ? connectRawSocket(this.address, handlers) : this.#handOverPooled(handlers)
  }

  async #handOverPooled(handlers: SocketHandlers): Promise<void> {
    const idle = this.#idle.pop()
    if (idle) return idle.handOver(handlers)
    const { connection, connected } = this.#spare.shift() ?? this.#connect()
    await connected
    connection.handOver(handlers)
  }

  /** Closes all connections, so that the process can exit. Those of later requests are closed after the response. */
  close(): void {
    this.#isClosed = true
    for (const connection of this.#open) connection.close()
  }

  async #requestOverNew(request: WireRequest, bytes: Uint8Array): Promise<StreamedResponse> {
    const { connection, connected } = this.#spare.shift() ?? this.#connect()
    await connected.finally(() => request.onSent?.())
    return connection.exchange(request, bytes)
  }

  #connect(): Opening {
    const connection: PooledConnection = new PooledConnection({
      idle: () => (this.#isClosed ? connection.close() : this.#idle.push(connection)),
      closed: () => this.#forget(connection),
    })
    this.#open.add(connection)
    return { connection, connected: connection.connect(this.address, this.#tls) }
  }

  #forget(connection: PooledConnection): void {
    this.#open.delete(connection)
    const at = this.#idle.indexOf(connection)
    if (at >= 0) this.#idle.splice(at, 1)
    const spareAt = this.#spare.findIndex((spare) => spare.connection === connection)
    if (spareAt >= 0) this.#spare.splice(spareAt, 1)
  }
}

/** The methods of requests that change nothing. */
const REPEATABLE = new Set(['GET', 'HEAD'])

/** Called when the connection can take another request, and when it is closed. */
interface Watcher {
  idle(): void
  closed(): void
}

/** One connection. It has the unsent part of a request, and the received bytes that have not been read. */
class PooledConnection implements SocketHandlers {
  /** Whether anything of the response to the current request has arrived. */
  hasResponse = false
  readonly #watcher: Watcher
  #socket: RawSocket | undefined
  #isBusy = false
  #isPaused = false
  #isClosed = false
  readonly #received: Uint8Array[] = []
  #unreadBytes = 0
  #unsent: Uint8Array = new Uint8Array(0)
  #failure: Error | undefined
  #wake = () => {}

  constructor(watcher: Watcher) {
    this.#watcher = watcher
  }

  /** @throws Error with a code when nothing listens */
  async connect(address: SocketAddress, tls: TlsMaterial | undefined): Promise<void> {
    try {
      this.#socket = await connectRawSocket(address, this, tls)
    } catch (error) {
      this.close()
      throw error
    }
  }

  readonly open = (socket: RawSocket) => {
    this.#socket = socket
    // The command may have ended while this was connecting. An open connection would keep the process alive.
    if (this.#isClosed) socket.end()
  }

  readonly drain = (socket: RawSocket) => {
    if (this.#unsent.length > 0) this.#unsent = this.#unsent.subarray(Math.max(0, socket.write(this.#unsent)))
  }

  readonly data = (socket: RawSocket, bytes: Uint8Array) => {
    // Nothing was requested, so these bytes must not be taken for the response to the next request.
    if (!this.#isBusy) return this.close()
    this.hasResponse = true
    this.#received.push(bytes)
    this.#unreadBytes += bytes.length
    if (this.#unreadBytes > HIGH_WATER_MARK && !this.#isPaused) {
      this.#isPaused = true
      socket.pause()
    }
    this.#wake()
  }

  readonly end = () => this.close()

  readonly error = (_: RawSocket, failure: Error) => this.#fail(failure)

  close = () => {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#socket?.end()
    this.#watcher.closed()
    this.#wake()
  }

  /** Gives the socket to other handlers, which get all of its later events. @throws HangUpError when it is closed */
  handOver(handlers: SocketHandlers): void {
    const socket = this.#socket
    if (socket?.reload === undefined || this.#isClosed) throw new HangUpError()
    this.#isClosed = true
    this.#watcher.closed()
    socket.reload({ socket: handlers })
    handlers.open(socket)
  }

  /** Sends a request and returns its response as soon as the head has arrived. */
  async exchange(request: WireRequest, bytes: Uint8Array): Promise<StreamedResponse> {
    this.#isBusy = true
    this.hasResponse = false
    const ignoreSignal = whenAborted(request.signal, () => {
      this.#fail(new Error('aborted'))
      this.close()
    })
    const finish = (isReusable: boolean) => {
      ignoreSignal()
      this.#finish(isReusable)
    }
    try {
      if (this.#socket && !this.#isClosed) {
        this.#unsent = bytes
        this.drain(this.#socket)
      }
      const { head, framing, isPersistent, rest } = await this.#readHead(request.method)
      const reader = createBodyReader(framing)
      const content = rest.length > 0 && !reader.isDone ? reader.read(rest) : rest.subarray(rest.length)
      const isExact = () => isPersistent && reader.isExact
      if (!reader.isDone) return { ...head, body: this.#readBody(reader, content, () => finish(isExact())) }
      finish(isExact() && (framing !== 0 || rest.length === 0))
      return { ...head, body: new CompleteBody(content) }
    } catch (error) {
      finish(false)
      throw error
    }
  }

  async #readHead(method: string): Promise<CompleteHead> {
    const reader = new HeadReader(method)
    for (;;) {
      const received = this.#take() ?? (await this.#next())
      if (!received) throw new HangUpError()
      const head = reader.add(received)
      if (head) return head
    }
  }

  /** Yields the rest of a body, after the content that arrived with the head. */
  async *#readBody(reader: BodyReader, beginning: Uint8Array, finish: () => void): AsyncGenerator<Uint8Array> {
    let content = beginning
    try {
      for (;;) {
        if (content.length > 0) yield content
        if (reader.failure) throw reader.failure
        if (reader.isDone) return
        const received = this.#take() ?? (await this.#next())
        if (!received) return reader.end()
        content = reader.read(received)
      }
    } catch (cause) {
      throw cause instanceof TruncatedResponseError ? cause : new TruncatedResponseError('unexpected EOF', { cause })
    } finally {
      finish()
    }
  }

  /** Ends a request. The connection is closed unless it can be used again. */
  #finish(isReusable: boolean): void {
    this.#isBusy = false
    if (!isReusable || this.#unsent.length > 0 || this.#received.length > 0) this.close()
    else if (!this.#isClosed) this.#watcher.idle()
  }

  #fail(failure: Error): void {
    this.#failure ??= failure
    this.close()
  }

  /** Returns received bytes; undefined when there are none. */
  #take(): Uint8Array | undefined {
    const bytes = this.#received.shift()
    if (!bytes) return undefined
    this.#unreadBytes -= bytes.length
    if (this.#isPaused && this.#unreadBytes <= HIGH_WATER_MARK) {
      this.#isPaused = false
      this.#socket?.resume()
    }
    return bytes
  }

  /** Waits for bytes. @returns undefined when the peer has closed the connection @throws Error when it failed */
  async #next(): Promise<Uint8Array | undefined> {
    for (;;) {
      const bytes = this.#take()
      if (bytes) return bytes
      if (this.#failure) throw this.#failure
      if (this.#isClosed) return undefined
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
