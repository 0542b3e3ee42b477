import { Duplex } from 'node:stream'
import { type BunHandlers, type BunSocket, connectInBun } from './bun-connect.ts'

/** Connects to a Unix socket, for bytes both ways. Each side may end before the other. @throws Error with a code */
export async function connectDuplex(socketPath: string): Promise<Duplex> {
  const duplex = new BunDuplex()
  await connectInBun(socketPath, duplex.handlers, true)
  return duplex
}

/** One of Bun's sockets as a stream of Node's. */
class BunDuplex extends Duplex {
  #socket: BunSocket | undefined
  #unsent: Uint8Array = new Uint8Array(0)
  #written: ((error?: Error) => void) | undefined

  readonly handlers: BunHandlers = {
    open: (socket) => {
      this.#socket = socket
    },
    data: (socket, bytes) => {
      if (!this.push(bytes)) socket.pause()
    },
    drain: () => this.#send(),
    end: () => this.push(null),
    close: (_, failure) => this.#closed(failure),
    error: (_, failure) => {
      this.destroy(failure)
    },
  }

  constructor() {
    super({ allowHalfOpen: true, autoDestroy: true })
  }

  override _read(): void {
    this.#socket?.resume()
  }

  override _write(chunk: Uint8Array, _: BufferEncoding, written: (error?: Error) => void): void {
    this.#unsent = chunk
    this.#written = written
    this.#send()
  }

  override _final(done: () => void): void {
    this.#socket?.shutdown()
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket?.terminate()
    this.#socket = undefined
    done(error)
  }

  /** Hands over as much as is taken; the rest when there is room. */
  #send(): void {
    const written = this.#written
    if (!written || !this.#socket) return
    this.#unsent = this.#unsent.subarray(Math.max(0, this.#socket.write(this.#unsent)))
    if (this.#unsent.length > 0) return
    this.#written = undefined
    written()
  }

  /** What has arrived is read before the end is told. */
  #closed(failure: Error | undefined): void {
    this.#socket = undefined
    if (failure || this.readableEnded) {
      this.destroy(failure)
    } else {
      this.once('end', () => this.destroy())
      this.push(null)
    }
  }
}
