import type { ConnectionPool } from './connection-pool.ts'
import { readBody } from './http-body.ts'
import { chunksOf, readHead } from './node-stream-response.ts'
import { connectDuplex } from './socket-duplex.ts'
import { detectTruncation } from './streamed-response.ts'
import { sendUpload } from './upload-body.ts'
import { type StreamedResponse, type WireRequest, whenAborted } from './wire.ts'

/**
 * Sends a request like `uploadOverSocket`, over a connection that is a Node stream.
 * @throws Error with a code when nothing listens; UploadError when the body cannot be read
 */
export async function uploadToNodeStream(
  pool: ConnectionPool,
  request: WireRequest,
  body: AsyncIterable<Uint8Array>,
): Promise<StreamedResponse> {
  const socket = await connectDuplex(pool)
  whenAborted(request.signal, () => socket.destroy(new Error('aborted')))
  const closed = new Promise<void>((resolve) => socket.once('close', resolve))
  const send = (bytes: Uint8Array) =>
    Promise.race([closed, new Promise<void>((resolve) => socket.write(bytes, () => resolve()))])
  const failure = sendUpload({ closed, send, destroy: () => socket.destroy() }, request, body)
  const { head, framing, rest } = await Promise.race([readHead(request.method, socket), failure])
  // Readers handle later errors. Without a listener an error would end the process.
  socket.on('error', () => {})
  if (rest.length > 0) socket.unshift(rest)
  if (framing === 0) socket.destroy()
  return { ...head, body: detectTruncation(readBody(framing, chunksOf(socket))) }
}
