import type { Duplex } from 'node:stream'
import { readBody } from './http-body.ts'
import { serializeHead } from './http-bytes.ts'
import { chunksOf, readHead } from './socket-response.ts'
import { detectTruncation } from './streamed-response.ts'
import { connectDuplex } from './unix-duplex.ts'
import { type StreamedResponse, UploadError, type WireRequest, whenAborted } from './wire.ts'

/** How many pieces are sent before signals are handled, although neither the source nor the socket makes us wait. */
const PIECES_PER_TURN = 16

/**
 * Sends a request whose body is a stream over a new connection to a Unix socket. Each piece of the body is written to the
 * socket as it is, in a chunk of its own, which takes a quarter of the time that node:http needs. The daemon may respond
 * before it has read the body.
 * @param body the bytes of a piece may change once the next piece is requested
 * @throws Error with a code when nothing listens; UploadError when the body cannot be read
 */
export async function uploadOverSocket(
  socketPath: string,
  request: WireRequest,
  body: AsyncIterable<Uint8Array>,
): Promise<StreamedResponse> {
  const socket = await connectDuplex(socketPath)
  whenAborted(request.signal, () => socket.destroy(new Error('aborted')))
  const head = serializeHead(request, { 'Transfer-Encoding': 'chunked', Connection: 'close' })
  const failure = new Promise<never>((_, reject) => {
    sendChunks(socket, head, body).catch((error: unknown) => {
      reject(new UploadError('the source of the upload failed', { cause: error }))
      socket.destroy()
    })
  })
  const response = await Promise.race([readHead(request.method, socket), failure])
  // Readers handle later errors. Without a listener an error would end the process.
  socket.on('error', () => {})
  if (response.rest.length > 0) socket.unshift(response.rest)
  if (response.framing === 0) socket.destroy()
  return { ...response.head, body: detectTruncation(readBody(response.framing, chunksOf(socket))) }
}

/** Sends a request's head and body, until the body ends or the connection is closed. @throws the error of the body */
async function sendChunks(socket: Duplex, head: Uint8Array, body: AsyncIterable<Uint8Array>): Promise<void> {
  let isClosed = false
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      isClosed = true
      resolve()
    })
  })
  const write = (bytes: Uint8Array | string) =>
    Promise.race([closed, new Promise<void>((resolve) => socket.write(bytes, () => resolve()))])
  await write(head)
  const pieces = body[Symbol.asyncIterator]()
  // Closes the source while a piece of it is awaited.
  socket.once('close', () => void pieces.return?.().catch(() => {}))
  // The line break after a chunk is sent together with the length of the next one.
  let lineBreak = ''
  for (let count = 1; !isClosed; count++) {
    const { value, done } = await pieces.next()
    if (done) return void (await write(`${lineBreak}0\r\n\r\n`))
    // An empty chunk would end the body.
    if (value.length === 0) continue
    socket.write(`${lineBreak}${value.length.toString(16)}\r\n`, 'latin1')
    lineBreak = '\r\n'
    await write(value)
    if (count % PIECES_PER_TURN === 0) await new Promise((resolve) => setImmediate(resolve))
  }
}
