import type { Readable, Writable } from 'node:stream'
import type { DetachScanner } from '../domain/container/detach-keys.ts'

export interface InputCopy {
  /** Settles when the detach keys were typed; what came before them is written to the socket by then. */
  readonly detached: Promise<void>
  /** Lets go of stdin, so that it no longer keeps the process. */
  stop(): void
}

/**
 * Copies stdin to a container, no faster than it takes it, and ends our side of the connection when stdin ends. A
 * container that no longer reads is no error: its output and exit code tell what happened.
 * @param scanner looks for the detach keys; undefined where there is no terminal
 */
export function copyInput(stdin: Readable, socket: Writable, scanner: DetachScanner | undefined): InputCopy {
  const { promise: detached, resolve: detach } = Promise.withResolvers<void>()
  const resume = () => stdin.resume()
  const take = (chunk: Uint8Array) => {
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
  stdin.on('end', end).on('close', end).on('error', end).on('data', take)
  return {
    detached,
    stop() {
      stdin.off('data', take).off('end', end).off('close', end)
      socket.off('drain', resume)
      // A read that is under way would keep the process until the next key.
      stdin.pause()
      stdin.destroy()
    },
  }
}
