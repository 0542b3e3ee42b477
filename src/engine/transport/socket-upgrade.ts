import type { Duplex } from 'node:stream'
import { connectDuplex } from './bun-duplex.ts'
import { HangUpError, parseHead, readBody, serializeRequest } from './http-bytes.ts'
import type { ResponseHead, StreamedResponse, Upgrade, WireRequest } from './wire.ts'

/**
 * Sends a request for a raw stream over a new connection to a Unix socket. It does not use node:http, because loading
 * that takes Bun longer than starting, which every `exec` would notice.
 * @returns the raw stream, or the response of a daemon that refuses
 * @throws Error with a code when nothing listens
 */
export async function upgradeOverSocket(
  socketPath: string,
  request: WireRequest,
  body: string | Buffer | undefined,
): Promise<Upgrade | StreamedResponse> {
  const socket = await connectDuplex(socketPath)
  request.signal?.addEventListener('abort', () => socket.destroy(), { once: true })
  socket.write(serializeRequest(request, body))
  const head = await readResponseHead(socket)
  // Readers handle later errors. Without a listener an error would end the process.
  socket.on('error', () => {})
  if (head.statusCode === 101) return { ...head, socket }
  return { ...head, body: readBody(head, socket) }
}

/**
 * Reads the head of a response. The bytes after it are put back into the socket.
 * @throws Error with the code that node:http uses
 */
function readResponseHead(socket: Duplex): Promise<ResponseHead> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0)
    const settle = () => socket.off('readable', read).off('error', fail).off('end', hangUp).off('close', hangUp)
    const fail = (error: unknown) => {
      settle()
        .on('error', () => {})
        .destroy()
      reject(error)
    }
    const hangUp = () => fail(new HangUpError())
    const read = () => {
      for (let chunk: Buffer | null = socket.read(); chunk; chunk = socket.read()) bytes = Buffer.concat([bytes, chunk])
      try {
        const response = parseHead(bytes)
        if (!response) return
        settle()
        if (response.end < bytes.length) socket.unshift(bytes.subarray(response.end))
        resolve(response.head)
      } catch (error) {
        fail(error)
      }
    }
    socket.on('readable', read).on('error', fail).on('end', hangUp).on('close', hangUp)
  })
}
