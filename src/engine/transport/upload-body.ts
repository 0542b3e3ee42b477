import { toBytes } from '../../domain/go/bytes.ts'
import { nextTurn } from '../../domain/next-turn.ts'
import { serializeHead } from './http-bytes.ts'
import { UploadError, type WireRequest } from './wire.ts'

/** How many pieces are sent before signals are handled, although neither the source nor the socket makes us wait. */
const PIECES_PER_TURN = 16

/** The part of a connection that sending a body needs. */
interface UploadSocket {
  /** Settles when the connection is closed. */
  readonly closed: Promise<void>
  /** Sends bytes. Settles when they have been sent or the connection is closed, so that their memory can be used again. */
  send(bytes: Uint8Array): Promise<void>
  destroy(): unknown
}

/**
 * Sends a request whose body is a stream. Each piece of the body is sent as it is, in a chunk of its own, which takes a
 * quarter of the time that node:http needs. It ends with the body, or with the connection.
 * @returns a promise that only settles when the body cannot be read. It rejects with UploadError, and the socket is closed
 */
export function sendUpload(
  socket: UploadSocket,
  request: WireRequest,
  body: AsyncIterable<Uint8Array>,
): Promise<never> {
  return new Promise((_, reject) => {
    sendAll(socket, request, body).catch((cause: unknown) => {
      reject(new UploadError('the source of the upload failed', { cause }))
      socket.destroy()
    })
  })
}

async function sendAll(socket: UploadSocket, request: WireRequest, body: AsyncIterable<Uint8Array>): Promise<void> {
  await socket.send(serializeHead(request, { 'Transfer-Encoding': 'chunked', Connection: 'close' }))
  await sendChunks(socket, body)
}

async function sendChunks(socket: UploadSocket, body: AsyncIterable<Uint8Array>): Promise<void> {
  const pieces = body[Symbol.asyncIterator]()
  let isClosed = false
  void socket.closed.then(() => {
    isClosed = true
    // Closes the source while a piece of it is awaited.
    pieces.return?.().catch(() => {})
  })
  // The line break after a chunk is sent together with the length of the next one.
  let lineBreak = ''
  for (let count = 1; !isClosed; count++) {
    const { value, done } = await pieces.next()
    if (done) return socket.send(toBytes(`${lineBreak}0\r\n\r\n`))
    // An empty chunk would end the body.
    if (value.length === 0) continue
    await socket.send(toBytes(`${lineBreak}${value.length.toString(16)}\r\n`))
    lineBreak = '\r\n'
    await socket.send(value)
    if (count % PIECES_PER_TURN === 0) await nextTurn()
  }
}
