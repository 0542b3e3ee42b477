import type { HeaderField } from './hpack.ts'

/** The window of a stream: how many bytes the peer may send before they are read. */
export const STREAM_WINDOW = 1024 * 1024

/** The number of pending bytes at which the sender should pause. */
const HIGH_WATER_MARK = 256 * 1024

/** Receives the events of a stream. */
export interface StreamListener {
  /** Called with the headers, and with the trailers if there are any. */
  headers(fields: readonly HeaderField[]): void
  data(bytes: Buffer): void
  /** The peer has ended its side. */
  end(): void
  /** The stream was aborted before both sides ended it. No other event follows. */
  abort(error: Error): void
}

/** The functions of the connection that a stream uses. */
export interface StreamCarrier {
  sendHeaders(stream: Http2Stream, fields: readonly HeaderField[], isLast: boolean): void
  /** The stream has bytes to send, or its end. */
  markReady(stream: Http2Stream): void
  sendReset(stream: Http2Stream, errorCode: number): void
  consumed(stream: Http2Stream, length: number): void
}

/** A stream of a connection, which carries one gRPC call: headers and bytes in both directions. */
export class Http2Stream {
  readonly id: number
  /** The number of bytes that the peer accepts (flow-control window). */
  sendWindow: number
  /** The number of bytes that the peer may still send. */
  receiveWindow = STREAM_WINDOW
  /** Bytes that were read since the last WINDOW_UPDATE to the peer. */
  unacknowledged = 0
  /** Whether this side, and the peer's side, has ended. */
  hasEnded = false
  hasPeerEnded = false
  isAborted = false
  readonly #carrier: StreamCarrier
  #listener: StreamListener | undefined
  #pending: Buffer[] = []
  #offset = 0
  #pendingLength = 0
  #trailers: readonly HeaderField[] | undefined
  #isEnding = false
  #waitingWriters: (() => void)[] = []

  constructor(id: number, sendWindow: number, carrier: StreamCarrier) {
    this.id = id
    this.sendWindow = sendWindow
    this.#carrier = carrier
  }

  /** Sets the listener; must be called before any event can arrive. */
  listen(listener: StreamListener): void {
    this.#listener = listener
  }

  /** The listener, which the connection calls. */
  get listener(): StreamListener | undefined {
    return this.#listener
  }

  headers(fields: readonly HeaderField[]): void {
    if (!this.isAborted) this.#carrier.sendHeaders(this, fields, false)
  }

  /** Sends bytes as soon as the peer accepts them. They must not be modified before that. */
  write(bytes: Buffer): void {
    if (this.isAborted || bytes.length === 0) return
    this.#pending.push(bytes)
    this.#pendingLength += bytes.length
    this.#carrier.markReady(this)
  }

  /** Ends this side after the pending bytes, with trailers if there are any. */
  end(trailers?: readonly HeaderField[]): void {
    if (this.isAborted || this.#isEnding) return
    this.#isEnding = true
    this.#trailers = trailers
    this.#carrier.markReady(this)
  }

  /** Resets the stream at once. */
  reset(errorCode: number): void {
    if (!this.isAborted && !(this.hasEnded && this.hasPeerEnded)) this.#carrier.sendReset(this, errorCode)
  }

  /** Allows the peer to send this number of further bytes. */
  consumed(length: number): void {
    if (!this.isAborted && !this.hasPeerEnded) this.#carrier.consumed(this, length)
  }

  /**
   * Returns a promise that settles when more can be written; undefined when it can now, or when the stream was aborted.
   */
  room(): Promise<void> | undefined {
    if (this.isAborted || this.#pendingLength < HIGH_WATER_MARK) return undefined
    return new Promise((resolve) => this.#waitingWriters.push(resolve))
  }

  /** The number of bytes that can be sent now. */
  get sendable(): number {
    return Math.min(this.#pendingLength, Math.max(this.sendWindow, 0))
  }

  /** Whether only the end of the stream is left to send. */
  get isAtEnd(): boolean {
    return this.#isEnding && this.#pendingLength === 0 && !this.hasEnded
  }

  get trailers(): readonly HeaderField[] | undefined {
    return this.#trailers
  }

  /** Moves pending bytes into a frame. */
  take(target: Buffer, offset: number, length: number): void {
    let done = 0
    while (done < length) {
      const [first] = this.#pending
      if (!first) throw new Error('fewer bytes are pending than were requested')
      const count = first.copy(target, offset + done, this.#offset, this.#offset + length - done)
      done += count
      this.#offset += count
      if (this.#offset === first.length) {
        this.#pending.shift()
        this.#offset = 0
      }
    }
    this.#pendingLength -= length
    this.sendWindow -= length
    if (this.#pendingLength < HIGH_WATER_MARK) this.#resumeWriters()
  }

  /** Discards pending bytes and notifies the listener. */
  abort(error: Error): void {
    if (this.isAborted) return
    this.isAborted = true
    this.#pending = []
    this.#pendingLength = 0
    this.#resumeWriters()
    this.#listener?.abort(error)
  }

  #resumeWriters(): void {
    const waiters = this.#waitingWriters
    if (waiters.length === 0) return
    this.#waitingWriters = []
    for (const resolve of waiters) resolve()
  }
}
