import type { Duplex } from 'node:stream'
import { connectDuplex } from './bun-duplex.ts'
import { HangUpError, readBody, readHead, requestBytes } from './http-bytes.ts'
import type { ResponseHead, StreamedResponse, Upgrade, WireRequest } from './wire.ts'

/**
 * Asks over a Unix socket of its own for raw bytes both ways. node:http could do it, but takes Bun longer to load
 * than to start, and that is felt in every `exec`.
 */
export async function upgradeOverSocket(
  socketPath: string,
  request: WireRequest,
  body: string | Buffer | undefined,
): Promise<Upgrade | StreamedResponse> {
  const socket = await connectDuplex(socketPath)
  request.signal?.addEventListener('abort', () => socket.destroy(), { once: true })
  socket.write(requestBytes(request, body))
  const head = await responseHead(socket)
  // What breaks from now on is for whoever reads; unheard it would end the process.
  socket.on('error', () => {})
  if (head.statusCode === 101) return { ...head, socket }
  return { ...head, body: readBody(head, socket) }
}

/**
 * Reads no further than the head: what is behind it stays with the socket, which flows when somebody listens for data.
 * @throws Error with a code as node:http gives it
 */
function responseHead(socket: Duplex): Promise<ResponseHead> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0)
    const settle = () => socket.off('readable', read).off('error', fail).off('end', cut).off('close', cut)
    const fail = (error: unknown) => {
      settle()
        .on('error', () => {})
        .destroy()
      reject(error)
    }
    const cut = () => fail(new HangUpError())
    const read = () => {
      for (let chunk: Buffer | null = socket.read(); chunk; chunk = socket.read()) bytes = Buffer.concat([bytes, chunk])
      try {
        const response = readHead(bytes)
        if (!response) return
        settle()
        if (response.end < bytes.length) socket.unshift(bytes.subarray(response.end))
        resolve(response.head)
      } catch (error) {
        fail(error)
      }
    }
    socket.on('readable', read).on('error', fail).on('end', cut).on('close', cut)
  })
}
