import type { Socket } from 'node:net'
import { Duplex } from 'node:stream'
import type { SocketAddress } from '../../domain/context/endpoint.ts'
import type { ConnectionPool } from './connection-pool.ts'
import { bunSockets, type RawSocket, type SocketHandlers, socketPath } from './raw-socket.ts'

/** The bytes that may wait in each direction. With fewer, stdin would be paused for each piece that is read from it. */
const HIGH_WATER_MARK = 256 * 1024

/**
 * Returns a connection as a Node stream. Each side can end before the other.
 * @throws Error with a code when nothing listens; HandshakeError
 */
export async function connectDuplex(pool: ConnectionPool): Promise<Duplex> {
  if (bunSockets() === undefined) return connectInNode(pool.address)
  const duplex = new BunDuplex()
  await pool.handOver(duplex.handlers)
  return duplex
}

function connectInNode(address: SocketAddress): Promise<Socket> {
  const socket = process.getBuiltinModule('node:net').connect({ path: socketPath(address), allowHalfOpen: true })
  return new Promise((resolve, reject) => {
    socket.once('error', reject).once('connect', () => resolve(socket.off('error', reject)))
  })
}

/** A socket of Bun's as a Node stream. */
class BunDuplex extends Duplex {
  #socket: RawSocket | undefined
  #unsent: Uint8Array = new Uint8Array(0)
  #written: ((error?: Error) => void) | undefined

  readonly handlers: SocketHandlers = {
    open: (socket) => {
      this.#socket = socket
    },
    data: (socket, bytes) => {
      if (!this.push(bytes)) socket.pause()
    },
    drain: () => this.#flush(),
    end: () => this.push(null),
    close: (_, failure) => this.#handleClose(failure),
    error: (_, failure) => {
      this.destroy(failure)
    },
  }

  constructor() {
    super({ allowHalfOpen: true, autoDestroy: true, highWaterMark: HIGH_WATER_MARK })
  }

  override _read(): void {
    this.#socket?.resume()
  }

  override _write(chunk: Uint8Array, _: BufferEncoding, written: (error?: Error) => void): void {
    this.#unsent = chunk
    this.#written = written
    this.#flush()
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

  /** Writes as much as the socket accepts. `drain` calls it again for the rest. */
  #flush(): void {
    const written = this.#written
    if (!written || !this.#socket) return
    this.#unsent = this.#unsent.subarray(Math.max(0, this.#socket.write(this.#unsent)))
    if (this.#unsent.length > 0) return
    this.#written = undefined
    written()
  }

  /** Destroys the stream, but not before everything that has arrived is read. */
  #handleClose(failure: Error | undefined): void {
    this.#socket = undefined
    if (failure || this.readableEnded) {
      this.destroy(failure)
    } else {
      this.once('end', () => this.destroy())
      this.push(null)
    }
  }
}
