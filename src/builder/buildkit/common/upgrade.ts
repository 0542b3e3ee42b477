import type { Duplex } from 'node:stream'
import type { Call, Connection } from '../../../engine/connection.ts'

/**
 * Takes a connection to the daemon over for HTTP/2.
 * @param signal gives up as long as the daemon has not agreed; afterwards the connection stays, so that a build can be
 *   cancelled over it
 * @throws EngineError ConnectionError; Error when it was given up
 */
export async function upgradeToHttp2(
  connection: Connection,
  { path, headers = {} }: Pick<Call, 'path' | 'headers'>,
  signal: AbortSignal,
): Promise<Duplex> {
  const handshake = new AbortController()
  const giveUp = () => handshake.abort()
  if (signal.aborted) giveUp()
  signal.addEventListener('abort', giveUp)
  try {
    const call = { method: 'POST', path, headers: { Upgrade: 'h2c', ...headers }, signal: handshake.signal } as const
    return (await connection.hijack(call)).socket
  } catch (error) {
    throw signal.aborted ? new Error('context canceled') : error
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}
