import type { ConnectionPool } from './connection-pool.ts'
import { readBody } from './http-body.ts'
import { serializeRequest } from './http-bytes.ts'
import { chunksOf, readHead } from './socket-response.ts'
import { openStream } from './socket-stream.ts'
import { type Refusal, type Upgrade, type WireRequest, whenAborted } from './wire.ts'

/**
 * Sends a request for a raw stream over a connection of its own. It uses neither node:http, because loading that
 * takes longer than starting, nor node:stream in the executable.
 * @returns the raw stream, or the response of a daemon that refuses
 * @throws Error with a code when nothing listens; HandshakeError
 */
export async function upgradeOverSocket(
  pool: ConnectionPool,
  request: WireRequest,
  body: string | Buffer | undefined,
): Promise<Upgrade | Refusal> {
  const bytes = serializeRequest(request, body)
  const socket = request.needsNodeStream ? undefined : await openStream(pool)
  if (socket === undefined) {
    const { upgradeToNodeStream } = await import('./node-stream-upgrade.ts')
    return upgradeToNodeStream(pool, request, bytes)
  }
  whenAborted(request.signal, () => socket.destroy())
  socket.write(bytes)
  const { head, framing, rest } = await readHead(request.method, socket)
  if (rest.length > 0) socket.unshift(rest)
  if (head.statusCode === 101) return { ...head, socket, finish: () => socket.finish() }
  if (framing === 0) socket.destroy()
  return { ...head, body: readBody(framing, chunksOf(socket)), close: () => socket.destroy() }
}
