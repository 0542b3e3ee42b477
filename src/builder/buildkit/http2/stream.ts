import type { HeaderField } from './hpack.ts'

/** How much may wait to be sent before the sender should stop, in bytes. */
const MUCH = 256 * 1024

/** Told of what the peer does with a stream. */
export interface StreamListener {
  /** The first headers, and those that end the stream where there are any. */
  headers(fields: readonly HeaderField[]): void
  data(bytes: Buffer): void
  /** The peer will send no more. */
  end(): void
  /** The stream is over before both sides ended it; nothing else follows. */
  cut(error: Error): void
}

/** What a stream asks of its connection. */
export interface StreamCarrier {
  sendHeaders(stream: Http2Stream, fields: readonly HeaderField[], isLast: boolean): void
  /** There is something to send, or more room for it. */
  dataWaits(stream: Http2Stream): void
  sendReset(stream: Http2Stream, errorCode: number): void
  consumed(stream: Http2Stream, length: number): void
}

/** One call over a connection: headers and bytes both ways. */
export class Http2Stream {
  readonly id: number
  /** How many bytes the peer is ready to take. */
  sendWindow: number
  /** Bytes taken off the peer's window since it was last told that they were read. */
  unacknowledged = 0
  /** Whether we, and the peer, have ended our sides. */
  hasEnded = false
  hasPeerEnded = false
  isCut = false
  readonly #carrier: StreamCarrier
  #listener: StreamListener | undefined
  #waiting: Buffer[] = []
  #offset = 0
  #waitingLength = 0
  #trailers: readonly HeaderField[] | undefined
  #isEnding = false
  #roomWaiters: (() => void)[] = []

  constructor(id: number, sendWindow: number, carrier: StreamCarrier) {
    this.id = id
    this.sendWindow = sendWindow
    this.#carrier = carrier
  }

  /** Sets who is told; must be called before anything can arrive. */
  listen(listener: StreamListener): void {
    this.#listener = listener
  }

  /** Told to the listener, as the connection reads it. */
  get listener(): StreamListener | undefined {
    return this.#listener
  }

  headers(fields: readonly HeaderField[]): void {
    if (!this.isCut) this.#carrier.sendHeaders(this, fields, false)
  }

  /** Sends bytes as soon as the peer takes them. They must not change before that. */
  write(bytes: Buffer): void {
    if (this.isCut || bytes.length === 0) return
    this.#waiting.push(bytes)
    this.#waitingLength += bytes.length
    this.#carrier.dataWaits(this)
  }

  /** Ends our side behind what waits, with trailers if there are any. */
  end(trailers?: readonly HeaderField[]): void {
    if (this.isCut || this.#isEnding) return
    this.#isEnding = true
    this.#trailers = trailers
    this.#carrier.dataWaits(this)
  }

  /** Gives the stream up, at once. */
  reset(errorCode: number): void {
    if (!this.isCut && !(this.hasEnded && this.hasPeerEnded)) this.#carrier.sendReset(this, errorCode)
  }

  /** Lets the peer send as much more. */
  consumed(length: number): void {
    if (!this.isCut && !this.hasPeerEnded) this.#carrier.consumed(this, length)
  }

  /**
   * Settles when it makes sense to write more; at once, as undefined, where it does now. A cut stream takes anything.
   */
  room(): Promise<void> | undefined {
    if (this.isCut || this.#waitingLength < MUCH) return undefined
    return new Promise((resolve) => this.#roomWaiters.push(resolve))
  }

  /** How many bytes could go out now. */
  get sendable(): number {
    return Math.min(this.#waitingLength, Math.max(this.sendWindow, 0))
  }

  /** Whether nothing but the end is left to send. */
  get isAtEnd(): boolean {
    return this.#isEnding && this.#waitingLength === 0 && !this.hasEnded
  }

  get trailers(): readonly HeaderField[] | undefined {
    return this.#trailers
  }

  /** Moves bytes that wait into a frame. */
  take(target: Buffer, offset: number, length: number): void {
    let done = 0
    while (done < length) {
      const [first] = this.#waiting
      if (!first) throw new Error('more was asked for than waits')
      const count = first.copy(target, offset + done, this.#offset, this.#offset + length - done)
      done += count
      this.#offset += count
      if (this.#offset === first.length) {
        this.#waiting.shift()
        this.#offset = 0
      }
    }
    this.#waitingLength -= length
    this.sendWindow -= length
    if (this.#waitingLength < MUCH) this.#letWrite()
  }

  /** Forgets what waits, and tells the listener. */
  cut(error: Error): void {
    if (this.isCut) return
    this.isCut = true
    this.#waiting = []
    this.#waitingLength = 0
    this.#letWrite()
    this.#listener?.cut(error)
  }

  #letWrite(): void {
    const waiters = this.#roomWaiters
    if (waiters.length === 0) return
    this.#roomWaiters = []
    for (const resolve of waiters) resolve()
  }
}
