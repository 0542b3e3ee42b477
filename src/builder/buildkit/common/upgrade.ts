import { Duplex } from 'node:stream'
import type { Call, Connection } from '../../../engine/connection.ts'

/**
 * Upgrades a connection to the daemon to HTTP/2.
 * @param signal aborts the upgrade. Afterwards it has no effect, so that a build can be canceled over the connection.
 * @throws EngineError ConnectionError; Error `context canceled` when it was aborted
 */
export async function upgradeToHttp2(
  connection: Connection,
  { path, headers = {} }: Pick<Call, 'path' | 'headers'>,
  signal: AbortSignal,
): Promise<Duplex> {
  const handshake = new AbortController()
  const abort = () => handshake.abort()
  if (signal.aborted) abort()
  signal.addEventListener('abort', abort)
  try {
    const call = { method: 'POST', path, headers: { Upgrade: 'h2c', ...headers }, signal: handshake.signal } as const
    const { socket } = await connection.hijack(call, true)
    if (!(socket instanceof Duplex)) throw new TypeError('the connection is not a Node stream')
    return socket
  } catch (error) {
    throw signal.aborted ? new Error('context canceled') : error
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
