/** Reads the response from a socket of Bun's. */
import { type CompleteHead, HangUpError, HeadReader } from './http-head.ts'
import type { SocketStream } from './socket-stream.ts'

/** Reads the head of a response. @throws Error with the code that node:http uses; MalformedResponseError */
export async function readHead(method: string, socket: SocketStream): Promise<CompleteHead> {
  const reader = new HeadReader(method)
  try {
    for (;;) {
      const bytes = await socket.next()
      if (!bytes) throw new HangUpError()
      const head = reader.add(bytes)
      if (head) return head
    }
  } catch (error) {
    socket.destroy()
    throw error
  }
}

/** Yields what arrives on a socket. The socket is destroyed at the end, or when the loop is left early. */
export async function* chunksOf(socket: SocketStream): AsyncGenerator<Uint8Array> {
  try {
    for (let bytes = await socket.next(); bytes; bytes = await socket.next()) yield bytes
  } finally {
    socket.destroy()
  }
}
