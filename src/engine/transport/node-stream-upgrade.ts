import type { ConnectionPool } from './connection-pool.ts'
import { readBody } from './http-body.ts'
import { chunksOf, readHead } from './node-stream-response.ts'
import { connectDuplex } from './socket-duplex.ts'
import { type Refusal, type Upgrade, type WireRequest, whenAborted } from './wire.ts'

/**
 * Sends a request for a raw stream that is a Node stream, over a connection of its own.
 * @param bytes the request
 * @returns the raw stream, or the response of a daemon that refuses
 * @throws Error with a code when nothing listens
 */
export async function upgradeToNodeStream(
  pool: ConnectionPool,
  request: WireRequest,
  bytes: Uint8Array,
): Promise<Upgrade | Refusal> {
  const socket = await connectDuplex(pool)
  whenAborted(request.signal, () => socket.destroy())
  socket.write(bytes)
  const { head, framing, rest } = await readHead(request.method, socket)
  // Readers handle later errors. Without a listener an error would end the process.
  socket.on('error', () => {})
  if (rest.length > 0) socket.unshift(rest)
  if (head.statusCode === 101) {
    const finish = async () => {
      const { finishWriting } = await import('./finish-writing.ts')
      return finishWriting(socket, pool.isLocal)
    }
    return { ...head, socket, finish }
  }
  if (framing === 0) socket.destroy()
  return { ...head, body: readBody(framing, chunksOf(socket)), close: () => socket.destroy() }
}
