import { readBody } from './http-body.ts'
import { serializeRequest } from './http-bytes.ts'
import { chunksOf, readHead } from './socket-response.ts'
import { connectDuplex } from './unix-duplex.ts'
import { type Refusal, type Upgrade, type WireRequest, whenAborted } from './wire.ts'

/**
 * Sends a request for a raw stream over a new connection to a Unix socket. It does not use node:http, because loading
 * that takes longer than starting, which every `exec` would notice.
 * @returns the raw stream, or the response of a daemon that refuses
 * @throws Error with a code when nothing listens
 */
export async function upgradeOverSocket(
  socketPath: string,
  request: WireRequest,
  body: string | Buffer | undefined,
): Promise<Upgrade | Refusal> {
  const socket = await connectDuplex(socketPath)
  whenAborted(request.signal, () => socket.destroy())
  socket.write(serializeRequest(request, body))
  const { head, framing, rest } = await readHead(request.method, socket)
  // Readers handle later errors. Without a listener an error would end the process.
  socket.on('error', () => {})
  if (rest.length > 0) socket.unshift(rest)
  if (head.statusCode === 101) return { ...head, socket }
  if (framing === 0) socket.destroy()
  return { ...head, body: readBody(framing, chunksOf(socket)), close: () => socket.destroy() }
}
