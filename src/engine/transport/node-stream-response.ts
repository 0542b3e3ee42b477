/** Reads the response from a socket that is a Node stream. */
import type { Duplex } from 'node:stream'
import { type CompleteHead, HangUpError, HeadReader } from './http-head.ts'

/** Yields what arrives on a socket. The socket is destroyed at the end, or when the loop is left early. */
export async function* chunksOf(socket: Duplex): AsyncGenerator<Uint8Array> {
  yield* socket
}

/** Reads the head of a response. @throws Error with the code that node:http uses; MalformedResponseError */
export function readHead(method: string, socket: Duplex): Promise<CompleteHead> {
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
