import { type Duplex, finished } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { CLOSE_TIMEOUT } from './wire.ts'

/**
 * Ends our side of a hijacked connection and settles when the connection can be closed without losing written data.
 * Output that still arrives is discarded. It also settles when the connection breaks or the daemon closes it.
 *
 * With a Unix socket, the kernel keeps written data until the daemon reads it, so the socket can be closed right after
 * the write, as docker does. Over a network, closing a socket that has unread output resets the connection, and ssh
 * drops unsent data when it ends. There this function waits a limited time for the daemon to close the connection:
 * dockerd closes it once it has passed all input to the container (`CopyStreams` in moby's `daemon/internal/stream`),
 * but other daemons may not.
 */
export async function finishWriting(socket: Duplex, isLocal: boolean): Promise<void> {
  socket.removeAllListeners('data').resume()
  const written = sideFinished(socket, { readable: false })
  socket.end()
  await written
  if (isLocal) return
  const stopWaiting = new AbortController()
  const { signal } = stopWaiting
  await Promise.race([
    sideFinished(socket, { writable: false }),
    sleep(CLOSE_TIMEOUT, undefined, { signal }).catch(() => {}),
  ])
  stopWaiting.abort()
}

function sideFinished(socket: Duplex, sides: { readable?: boolean; writable?: boolean }): Promise<void> {
  return new Promise((resolve) => {
    finished(socket, sides, () => resolve())
  })
}
