import { readResponse, serializeRequest } from './http-bytes.ts'
import { connectUnixSocket, type SocketHandlers, type UnixSocket } from './unix-socket.ts'
import { type StreamedResponse, type WireRequest, whenAborted } from './wire.ts'

/** The number of unread bytes above which the socket is paused. */
const HIGH_WATER_MARK = 1024 * 1024

/**
 * Sends a request over a new connection to a Unix socket and returns the response, whose body is read with
 * backpressure. Unlike with Bun's `fetch`, the bytes that arrive before a connection breaks are not lost.
 * @throws Error with a code when nothing listens; Error when the request is aborted
 */
export async function requestOverSocket(
  socketPath: string,
  request: WireRequest,
  body: string | Buffer | undefined,
): Promise<StreamedResponse> {
  const connection = new ByteConnection(
    serializeRequest({ ...request, headers: { ...request.headers, Connection: 'close' } }, body),
  )
  const socket = await connectUnixSocket(socketPath, connection).finally(() => request.onSent?.())
  whenAborted(request.signal, () => connection.abort(socket))
  return readResponse(request.method, connection.bytes(socket))
}

/** The state of one connection: the unsent part of the request, and the received bytes that are not read yet. */
class ByteConnection implements SocketHandlers {
  readonly #received: Uint8Array[] = []
  #unreadBytes = 0
  #unsent: Uint8Array
  #isClosed = false
  #failure: Error | undefined
  #wake = () => {}

  constructor(request: Uint8Array) {
    this.#unsent = request
  }

  readonly open = (socket: UnixSocket) => this.drain(socket)

  readonly drain = (socket: UnixSocket) => {
    if (this.#unsent.length > 0) this.#unsent = this.#unsent.subarray(socket.write(this.#unsent))
  }

  readonly data = (socket: UnixSocket, bytes: Uint8Array) => {
    this.#received.push(bytes)
    this.#unreadBytes += bytes.length
    if (this.#unreadBytes > HIGH_WATER_MARK) socket.pause()
    this.#wake()
  }

  readonly close = () => {
    this.#isClosed = true
    this.#wake()
  }

  readonly error = (_: UnixSocket, failure: Error) => {
    this.#failure ??= failure
    this.#wake()
  }

  abort(socket: UnixSocket): void {
    this.error(socket, new Error('aborted'))
    socket.end()
  }

  /** Yields the received bytes until the peer closes the connection. Leaving the loop early closes the connection. */
  async *bytes(socket: UnixSocket): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = this.#received.shift()
        if (chunk) {
          this.#unreadBytes -= chunk.length
          if (this.#unreadBytes <= HIGH_WATER_MARK) socket.resume()
          yield chunk
        } else if (this.#failure) throw this.#failure
        else if (this.#isClosed) return
        else await this.#nextEvent()
      }
    } finally {
      socket.end()
    }
  }

  #nextEvent(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}
