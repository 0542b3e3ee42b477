import type { Readable } from 'node:stream'
import type { DetachScanner } from '../domain/container/detach-keys.ts'
import type { AttachedSocket } from '../engine/transport/wire.ts'

export interface InputCopy {
  /** Settles when the detach keys were typed and the input before them has been written to the socket. */
  readonly detached: Promise<void>
  /** Closes stdin, so that it does not keep the process alive. */
  stop(): void
}

/**
 * Copies stdin to a container, with backpressure, and half-closes the connection when stdin ends. It is not an error
 * when the container no longer reads: the output and the exit code show what happened.
 * @param scanner finds the detach keys; undefined without a terminal
 */
export function copyInput(stdin: Readable, socket: AttachedSocket, scanner: DetachScanner | undefined): InputCopy {
  const { promise: detached, resolve: detach } = Promise.withResolvers<void>()
  const resume = () => stdin.resume()
  const write = (chunk: Uint8Array) => {
    const { pass, detached: isDetached } = scanner?.scan(chunk) ?? { pass: chunk, detached: false }
    if (pass.length > 0 && socket.writable && !socket.write(pass)) {
      stdin.pause()
      socket.once('drain', resume)
    }
    if (isDetached) detach()
  }
  const end = () => {
    if (socket.writable) socket.end()
  }
  stdin.on('end', end).on('close', end).on('error', end).on('data', write)
  return {
    detached,
    stop() {
      stdin.off('data', write).off('end', end).off('close', end)
      socket.off('drain', resume)
      // A pending read would keep the process alive until the next key.
      stdin.pause()
      stdin.destroy()
    },
  }
}
