import type { ConnectionPool } from './connection-pool.ts'
import { readBody } from './http-body.ts'
import { chunksOf, readHead } from './socket-response.ts'
import { openStream } from './socket-stream.ts'
import { detectTruncation } from './streamed-response.ts'
import { sendUpload } from './upload-body.ts'
import { type StreamedResponse, type WireRequest, whenAborted } from './wire.ts'

/**
 * Sends a request whose body is a stream over a connection of its own. It uses neither node:http nor, in the
 * executable, node:stream. The daemon may respond before it has read the body.
 * @param body the bytes of a piece may change once the next piece is requested
 * @throws Error with a code when nothing listens; HandshakeError; UploadError when the body cannot be read
 */
export async function uploadOverSocket(
  pool: ConnectionPool,
  request: WireRequest,
  body: AsyncIterable<Uint8Array>,
): Promise<StreamedResponse> {
  const socket = await openStream(pool)
  if (socket === undefined) {
    const { uploadToNodeStream } = await import('./node-stream-upload.ts')
    return uploadToNodeStream(pool, request, body)
  }
  whenAborted(request.signal, () => socket.destroy(new Error('aborted')))
  const failure = sendUpload(socket, request, body)
  const { head, framing, rest } = await Promise.race([readHead(request.method, socket), failure])
  if (rest.length > 0) socket.unshift(rest)
  if (framing === 0) socket.destroy()
  return { ...head, body: detectTruncation(readBody(framing, chunksOf(socket))) }
}
