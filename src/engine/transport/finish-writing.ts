import { type Duplex, finished } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'

/** How long a daemon may take to close the connection once our side is ended, in milliseconds. dockerd does so at once. */
const PATIENCE = 3000

/**
 * Ends our side of a hijacked connection and settles when closing it can no longer lose what was written. Output that
 * still arrives is discarded. A connection that breaks, or that the daemon closes, settles it as well.
 *
 * The kernel keeps what a unix socket has taken until the daemon reads it, so a unix socket may be closed then, as
 * docker closes it. Over a network, closing with output unread resets the connection, and ssh drops what it has not
 * sent when it is ended. There the daemon's end of the connection is awaited, for a while: dockerd closes it once it has
 * handed all input to the container (`CopyStreams` in moby's `daemon/internal/stream`), other daemons may not.
 */
export async function finishWriting(socket: Duplex, isLocal: boolean): Promise<void> {
  socket.removeAllListeners('data').resume()
  const written = settled(socket, { readable: false })
  socket.end()
  await written
  if (isLocal) return
  const stopWaiting = new AbortController()
  const { signal } = stopWaiting
  await Promise.race([settled(socket, { writable: false }), sleep(PATIENCE, undefined, { signal }).catch(() => {})])
  stopWaiting.abort()
}

function settled(socket: Duplex, sides: { readable?: boolean; writable?: boolean }): Promise<void> {
  return new Promise((resolve) => {
    finished(socket, sides, () => resolve())
  })
}
