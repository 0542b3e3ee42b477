import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { upgradeOverSocket } from '../../../src/engine/transport/socket-upgrade.ts'
import { requestOverSocket } from '../../../src/engine/transport/unix-request.ts'

let directory: string
let path: string
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tug-unix-request-'))
  path = join(directory, 'socket')
})
afterEach(() => rmSync(directory, { recursive: true }))

/** A daemon that accepts connections and never responds. */
async function listen() {
  const server = createServer({ allowHalfOpen: false })
  const connected = once(server, 'connection').then(([socket]: Socket[]) => socket?.resume())
  server.listen(path)
  await once(server, 'listening')
  return { connected, close: () => server.close() }
}

test.each([
  ['before it is sent', (aborter: AbortController) => aborter.abort()],
  ['while it waits', (aborter: AbortController) => setTimeout(() => aborter.abort(), 50)],
])('a request that is aborted %s closes its connection', async (_, abort) => {
  const daemon = await listen()
  const aborter = new AbortController()
  abort(aborter)
  const request = { method: 'GET', path: '/events', headers: {}, signal: aborter.signal }
  await expect(requestOverSocket(path, request, undefined)).rejects.toThrow('aborted')
  const socket = await daemon.connected
  if (socket?.closed === false) await once(socket, 'close')
  daemon.close()
})

test('a request for a raw stream that is aborted before it is sent closes its connection', async () => {
  const daemon = await listen()
  const request = { method: 'POST', path: '/attach', headers: {}, signal: AbortSignal.abort() }
  await expect(upgradeOverSocket(path, request, undefined)).rejects.toThrow('socket hang up')
  const socket = await daemon.connected
  if (socket?.closed === false) await once(socket, 'close')
  daemon.close()
})
