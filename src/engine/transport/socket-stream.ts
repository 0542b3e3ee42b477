import type { ConnectionPool } from './connection-pool.ts'
import { bunSockets, type RawSocket, type SocketHandlers } from './raw-socket.ts'
import { type AttachedSocket, CLOSE_TIMEOUT, type SocketEvents } from './wire.ts'

/** The bytes that may wait in each direction. With fewer, stdin would be paused for each piece that is read from it. */
const HIGH_WATER_MARK = 256 * 1024

interface Registration<E extends keyof SocketEvents> {
  readonly listener: (...values: SocketEvents[E]) => void
  readonly isOnce: boolean
}

type Registrations = { [E in keyof SocketEvents]: Registration<E>[] }

/**
 * Returns a connection as a stream, in the executable. Each side can end before the other.
 * @returns undefined in Node, whose own sockets are streams
 * @throws Error with a code when nothing listens; HandshakeError
 */
export async function openStream(pool: ConnectionPool): Promise<SocketStream | undefined> {
  if (bunSockets() === undefined) return undefined
  const stream = new SocketStream(pool.isLocal)
  await pool.handOver(stream.handlers)
  return stream
}

/**
 * A socket of Bun's with the part of a Node stream that attaching needs: loading node:stream takes as long as sending three
 * requests. As with Node's streams, data flows from the first `data` listener on, unless it was paused.
 */
export class SocketStream implements AttachedSocket {
  readableEnded = false
  destroyed = false
  errored: Error | null = null
  readonly #isLocal: boolean
  readonly #registrations: Registrations = { data: [], drain: [], end: [], close: [], error: [] }
  #socket: RawSocket | undefined
  #flow: 'initial' | 'flowing' | 'paused' = 'initial'
  readonly #received: Uint8Array[] = []
  #unreadBytes = 0
  #isSocketPaused = false
  #hasRemoteEnded = false
  #isRemoteClosed = false
  readonly #unsent: Uint8Array[] = []
  #unsentBytes = 0
  #needsDrain = false
  #isEnding = false
  readonly #finished = Promise.withResolvers<void>()
  readonly #closed = Promise.withResolvers<void>()
  #wake = () => {}
  /** Settles the promise of `send`. */
  #sent = () => {}

  readonly handlers: SocketHandlers = {
    open: (socket) => {
      this.#socket = socket
    },
    data: (socket, bytes) => {
      this.#received.push(bytes)
      this.#unreadBytes += bytes.length
      this.#deliver()
      if (this.#unreadBytes <= HIGH_WATER_MARK) return
      this.#isSocketPaused = true
      socket.pause()
    },
    drain: () => this.#flush(),
    end: () => {
      this.#hasRemoteEnded = true
      this.#deliver()
    },
    close: (_, failure) => {
      this.#handleClose()
      if (failure) return void this.destroy(failure)
      // The stream is destroyed, but not before everything that has arrived is read.
      this.#hasRemoteEnded = true
      this.#isRemoteClosed = true
      this.#deliver()
    },
    error: (_, failure) => {
      this.destroy(failure)
    },
  }

  /** @param isLocal whether the kernel keeps what was written until the daemon reads it, also when we close the socket */
  constructor(isLocal: boolean) {
    this.#isLocal = isLocal
  }

  /** Settles when either side has closed the connection. */
  get closed(): Promise<void> {
    return this.#closed.promise
  }

  get writable(): boolean {
    return !this.#isEnding && !this.destroyed
  }

  on<E extends keyof SocketEvents>(event: E, listener: (...values: SocketEvents[E]) => void): this {
    return this.#register(event, { listener, isOnce: false })
  }

  once<E extends keyof SocketEvents>(event: E, listener: (...values: SocketEvents[E]) => void): this {
    return this.#register(event, { listener, isOnce: true })
  }

  off<E extends keyof SocketEvents>(event: E, listener: (...values: SocketEvents[E]) => void): this {
    const registrations = this.#registrations[event]
    const at = registrations.findIndex((registration) => registration.listener === listener)
    if (at >= 0) registrations.splice(at, 1)
    return this
  }

  pause(): this {
    this.#flow = 'paused'
    return this
  }

  resume(): this {
    this.#flow = 'flowing'
    // Not within the call, because listeners are often added after it.
    queueMicrotask(() => this.#deliver())
    return this
  }

  /** Sends bytes. @returns false when many wait to be sent, until the `drain` event */
  write(bytes: Uint8Array): boolean {
    if (!this.writable) return false
    this.#unsent.push(bytes)
    this.#unsentBytes += bytes.length
    this.#flush()
    this.#needsDrain ||= this.#unsentBytes > HIGH_WATER_MARK
    return !this.#needsDrain
  }

  /** Sends bytes. Settles when they have been sent or the connection is closed, so that their memory can be used again. */
  send(bytes: Uint8Array): Promise<void> {
    this.write(bytes)
    if (this.#unsentBytes === 0 || this.#socket === undefined) return Promise.resolve()
    return new Promise((resolve) => {
      this.#sent = resolve
    })
  }

  /** Half-closes the connection once everything is sent. */
  end(): this {
    if (!this.writable) return this
    this.#isEnding = true
    this.#flush()
    return this
  }

  /**
   * Ends our side, and discards output that still arrives. It settles when the connection can be closed without losing
   * what was written (finishWriting says when that is), or is closed.
   */
  async finish(): Promise<void> {
    this.#registrations.data.length = 0
    this.resume().end()
    await this.#finished.promise
    if (!this.#isLocal && !this.destroyed) await this.#remoteEnd(CLOSE_TIMEOUT)
  }

  /** Waits for the daemon to end its side. @param timeout in milliseconds */
  #remoteEnd(timeout: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeout)
      const stop = () => {
        clearTimeout(timer)
        resolve()
      }
      if (this.readableEnded) stop()
      else this.once('end', stop).once('close', stop)
    })
  }

  destroy(error?: Error): this {
    if (this.destroyed) return this
    this.destroyed = true
    this.errored = error ?? null
    this.#socket?.terminate()
    this.#handleClose()
    this.#wake()
    queueMicrotask(() => {
      if (error) this.#emit('error', error)
      this.#emit('close')
    })
    return this
  }

  /** Returns the next bytes, as long as nothing listens to them; undefined at the end. @throws the connection's error */
  async next(): Promise<Uint8Array | undefined> {
    for (;;) {
      const bytes = this.#take()
      if (bytes) return bytes
      if (this.errored) throw this.errored
      if (this.#hasRemoteEnded || this.destroyed) return undefined
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  /** Gives back bytes that `next` returned. */
  unshift(bytes: Uint8Array): void {
    this.#received.unshift(bytes)
    this.#unreadBytes += bytes.length
  }

  #handleClose(): void {
    this.#socket = undefined
    this.#finished.resolve()
    this.#closed.resolve()
    this.#sent()
  }

  #register<E extends keyof SocketEvents>(event: E, registration: Registration<E>): this {
    this.#registrations[event].push(registration)
    return event === 'data' && this.#flow === 'initial' ? this.resume() : this
  }

  #emit<E extends keyof SocketEvents>(event: E, ...values: SocketEvents[E]): void {
    for (const registration of [...this.#registrations[event]]) {
      if (registration.isOnce) this.off(event, registration.listener)
      registration.listener(...values)
    }
  }

  #take(): Uint8Array | undefined {
    const bytes = this.#received.shift()
    if (!bytes) return undefined
    this.#unreadBytes -= bytes.length
    if (this.#isSocketPaused && this.#unreadBytes <= HIGH_WATER_MARK) {
      this.#isSocketPaused = false
      this.#socket?.resume()
    }
    return bytes
  }

  /** Passes on what has arrived, and the end, as long as data flows. */
  #deliver(): void {
    this.#wake()
    while (this.#flow === 'flowing' && !this.destroyed) {
      const bytes = this.#take()
      if (!bytes) {
        this.#deliverEnd()
        return
      }
      this.#emit('data', bytes)
    }
  }

  #deliverEnd(): void {
    if (!this.#hasRemoteEnded) return
    if (!this.readableEnded) {
      this.readableEnded = true
      this.#emit('end')
    }
    if (this.#isRemoteClosed) this.destroy()
  }

  /** Writes as much as the socket accepts. `drain` calls it again for the rest. */
  #flush(): void {
    if (!this.#socket) return
    for (let bytes = this.#unsent[0]; bytes !== undefined; bytes = this.#unsent[0]) {
      const sent = Math.max(0, this.#socket.write(bytes))
      this.#unsentBytes -= sent
      if (sent < bytes.length) {
        this.#unsent[0] = bytes.subarray(sent)
        return
      }
      this.#unsent.shift()
    }
    this.#sent()
    if (this.#isEnding) {
      this.#socket.shutdown()
      this.#finished.resolve()
    }
    if (!this.#needsDrain) return
    this.#needsDrain = false
    this.#emit('drain')
  }
}
