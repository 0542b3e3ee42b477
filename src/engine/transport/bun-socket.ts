import { type BunHandlers, type BunSocket, connectInBun } from './bun-connect.ts'
import { readResponse, requestBytes } from './http-bytes.ts'
import type { StreamedResponse, WireRequest } from './wire.ts'

/** How much may wait to be read before the sender is held up, in bytes. */
const MUCH = 1024 * 1024

/**
 * Asks over a Unix socket of its own, and reads the response as it arrives, no faster than it is asked for. Unlike
 * with Bun's `fetch`, what came before a connection broke off is not lost.
 * @throws Error with a code when nobody listens
 */
export async function respondOverSocket(
  socketPath: string,
  request: WireRequest,
  body: string | undefined,
): Promise<StreamedResponse> {
  const connection = new ByteConnection(
    requestBytes({ ...request, headers: { ...request.headers, Connection: 'close' } }, body),
  )
  const socket = await connectInBun(socketPath, connection)
  request.signal?.addEventListener('abort', () => connection.abort(socket), { once: true })
  return readResponse(connection.bytes(socket))
}

/** What goes over one socket: a request that is sent, and bytes that wait to be read. */
class ByteConnection implements BunHandlers {
  readonly #arrived: Uint8Array[] = []
  #waiting = 0
  #unsent: Uint8Array
  #isOver = false
  #failure: Error | undefined
  #wake = () => {}

  constructor(request: Uint8Array) {
    this.#unsent = request
  }

  readonly open = (socket: BunSocket) => this.drain(socket)

  readonly drain = (socket: BunSocket) => {
    if (this.#unsent.length > 0) this.#unsent = this.#unsent.subarray(socket.write(this.#unsent))
  }

  readonly data = (socket: BunSocket, bytes: Uint8Array) => {
    this.#arrived.push(bytes)
    this.#waiting += bytes.length
    if (this.#waiting > MUCH) socket.pause()
    this.#wake()
  }

  readonly close = () => {
    this.#isOver = true
    this.#wake()
  }

  readonly error = (_: BunSocket, failure: Error) => {
    this.#failure ??= failure
    this.#wake()
  }

  abort(socket: BunSocket): void {
    this.error(socket, new Error('aborted'))
    socket.end()
  }

  /** What arrives, until the peer ends it; who stops early closes the connection. */
  async *bytes(socket: BunSocket): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = this.#arrived.shift()
        if (chunk) {
          this.#waiting -= chunk.length
          if (this.#waiting <= MUCH) socket.resume()
          yield chunk
        } else if (this.#failure) throw this.#failure
        else if (this.#isOver) return
        else await this.#news()
      }
    } finally {
      socket.end()
    }
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}
