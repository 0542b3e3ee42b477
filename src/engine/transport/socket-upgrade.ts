import type { Duplex } from 'node:stream'
import { readBody } from './http-body.ts'
import { serializeRequest } from './http-bytes.ts'
import { type CompleteHead, HangUpError, HeadReader } from './http-head.ts'
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

/** Yields what arrives on a socket. The socket is destroyed at the end, or when the loop is left early. */
async function* chunksOf(socket: Duplex): AsyncGenerator<Uint8Array> {
  yield* socket
}

/** Reads the head of a response. @throws Error with the code that node:http uses; MalformedResponseError */
function readHead(method: string, socket: Duplex): Promise<CompleteHead> {
  return new Promise((resolve, reject) => {
    const reader = new HeadReader(method)
    const settle = () => socket.off('readable', read).off('error', fail).off('end', hangUp).off('close', hangUp)
    const fail = (error: unknown) => {
      settle()
        .on('error', () => {})
        .destroy()
      reject(error)
    }
    const hangUp = () => fail(new HangUpError())
    const read = () => {
      try {
        for (let chunk: Buffer | null = socket.read(); chunk; chunk = socket.read()) {
          const head = reader.add(chunk)
          if (!head) continue
          settle()
          return resolve(head)
        }
      } catch (error) {
        fail(error)
      }
    }
    socket.on('readable', read).on('error', fail).on('end', hangUp).on('close', hangUp)
  })
}
