import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConnectionPool } from '../../../src/engine/transport/connection-pool.ts'
import { upgradeOverSocket } from '../../../src/engine/transport/socket-upgrade.ts'

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
  await expect(new ConnectionPool({ kind: 'unix', path }).request(request, undefined)).rejects.toThrow('aborted')
  const socket = await daemon.connected
  if (socket?.closed === false) await once(socket, 'close')
  daemon.close()
})

test('a connection that opens after all were closed is closed, too', async () => {
  const daemon = await listen()
  const connections = new ConnectionPool({ kind: 'unix', path })
  const request = connections.request({ method: 'GET', path: '/events', headers: {} }, undefined)
  connections.close()
  await expect(request).rejects.toThrow('socket hang up')
  const socket = await daemon.connected
  if (socket?.closed === false) await once(socket, 'close')
  daemon.close()
})

test('a request for a raw stream that is aborted before it is sent closes its connection', async () => {
  const daemon = await listen()
  const request = { method: 'POST', path: '/attach', headers: {}, signal: AbortSignal.abort() }
  await expect(upgradeOverSocket(new ConnectionPool({ kind: 'unix', path }), request, undefined)).rejects.toThrow(
    'socket hang up',
  )
  const socket = await daemon.connected
  if (socket?.closed === false) await once(socket, 'close')
  daemon.close()
})

/** A daemon that sends one of the given texts for each request it receives, whatever the connection. */
async function respond(...texts: (string | ((socket: Socket) => void))[]) {
  const received: { connection: number; line: string }[] = []
  let connections = 0
  const server = createServer((socket) => {
    const connection = ++connections
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().matchAll(/^.* HTTP\/1\.1$/gm)) {
        received.push({ connection, line: line[0] })
        const next = texts.shift()
        if (typeof next === 'string') socket.write(next)
        else next?.(socket)
      }
    })
  })
  server.listen(path)
  await once(server, 'listening')
  const connectionNumbers = () => received.map(({ connection }) => connection)
  return { received, connectionNumbers, close: () => server.close() }
}

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'
const get = { method: 'GET', path: '/info', headers: {} }
const send = async (connections: ConnectionPool, request: Parameters<ConnectionPool['request']>[0] = get) =>
  text((await connections.request(request, undefined)).body)

test.each([
  ['a body of known length', OK],
  ['a body in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\no\r\n1\r\nk\r\n0\r\n\r\n'],
])('a connection is used again after %s', async (_, response) => {
  const daemon = await respond(response, response, response)
  const connections = new ConnectionPool({ kind: 'unix', path })
  for (let at = 0; at < 3; at++) expect(await send(connections)).toBe('ok')
  expect(daemon.connectionNumbers()).toEqual([1, 1, 1])
  connections.close()
  daemon.close()
})

test('a connection is used again after a response without a body', async () => {
  const daemon = await respond('HTTP/1.1 204 No Content\r\n\r\n', OK)
  const connections = new ConnectionPool({ kind: 'unix', path })
  expect(await send(connections, { ...get, method: 'DELETE' })).toBe('')
  expect(await send(connections)).toBe('ok')
  expect(daemon.connectionNumbers()).toEqual([1, 1])
  connections.close()
  daemon.close()
})

test('a body that arrives in pieces is read whole, and its connection is used again', async () => {
  const pieces = ['HTTP/1.1 200 OK\r\nContent-', 'Length: 5\r\n\r\nab', 'cde']
  const daemon = await respond(async (socket) => {
    for (const piece of pieces) await new Promise((resolve) => socket.write(piece, () => setTimeout(resolve, 5)))
  }, OK)
  const connections = new ConnectionPool({ kind: 'unix', path })
  expect(await send(connections)).toBe('abcde')
  expect(await send(connections)).toBe('ok')
  expect(daemon.connectionNumbers()).toEqual([1, 1])
  connections.close()
  daemon.close()
})

test.each([
  ['the daemon closes it', 'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok'],
  ['the daemon speaks HTTP/1.0', OK.replace('1.1', '1.0')],
  ['more bytes follow', `${OK}HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad`],
  ['a trailer follows', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nA: b\r\n\r\n'],
])('a connection is not used again when %s', async (_, response) => {
  const daemon = await respond(response, OK)
  const connections = new ConnectionPool({ kind: 'unix', path })
  expect(await send(connections)).toBe('ok')
  expect(await send(connections)).toBe('ok')
  expect(daemon.connectionNumbers()).toEqual([1, 2])
  connections.close()
  daemon.close()
})

test('a connection is not used again when its body was left early', async () => {
  const daemon = await respond('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc', OK)
  const connections = new ConnectionPool({ kind: 'unix', path })
  const { body } = await connections.request(get, undefined)
  for await (const bytes of body) {
    expect(Buffer.from(bytes).toString()).toBe('abc')
    break
  }
  expect(await send(connections)).toBe('ok')
  expect(daemon.connectionNumbers()).toEqual([1, 2])
  connections.close()
  daemon.close()
})

test('what arrives on an idle connection is not taken for the next response', async () => {
  const late = Promise.withResolvers<void>()
  const daemon = await respond((socket) => {
    socket.write(OK)
    setTimeout(() => socket.write(OK.replace('ok', 'no'), () => setTimeout(late.resolve, 20)), 20)
  }, OK)
  const connections = new ConnectionPool({ kind: 'unix', path })
  expect(await send(connections)).toBe('ok')
  await late.promise
  expect(await send(connections)).toBe('ok')
  expect(daemon.connectionNumbers()).toEqual([1, 2])
  connections.close()
  daemon.close()
})

test('a GET is repeated when the daemon closes a connection that was used before', async () => {
  const daemon = await respond(OK, (socket) => socket.destroy(), OK)
  const connections = new ConnectionPool({ kind: 'unix', path })
  expect(await send(connections)).toBe('ok')
  expect(await send(connections)).toBe('ok')
  expect(daemon.connectionNumbers()).toEqual([1, 1, 2])
  connections.close()
  daemon.close()
})

test('a POST is not repeated, because the daemon may have received it', async () => {
  const daemon = await respond(OK, (socket) => socket.destroy(), OK)
  const connections = new ConnectionPool({ kind: 'unix', path })
  expect(await send(connections)).toBe('ok')
  await expect(send(connections, { ...get, method: 'POST' })).rejects.toThrow('socket hang up')
  expect(daemon.received).toHaveLength(2)
  connections.close()
  daemon.close()
})

test('the signal of a request that has ended does not close the connection', async () => {
  const aborter = new AbortController()
  const daemon = await respond(OK, (socket) => setTimeout(() => socket.write(OK), 50))
  const connections = new ConnectionPool({ kind: 'unix', path })
  expect(await send(connections, { ...get, signal: aborter.signal })).toBe('ok')
  const second = send(connections)
  aborter.abort()
  expect(await second).toBe('ok')
  expect(daemon.connectionNumbers()).toEqual([1, 1])
  connections.close()
  daemon.close()
})

test('a connection that ends before the response is reported with the code of node:http', async () => {
  const daemon = await respond((socket) => socket.end('HTTP/1.1 2'))
  await expect(send(new ConnectionPool({ kind: 'unix', path }))).rejects.toMatchObject({ code: 'ECONNRESET' })
  daemon.close()
})

test('requests one after the other open as many connections as requests at a time, however many there are', async () => {
  for (const count of [8, 32]) {
    const daemon = await respond(...Array.from({ length: count }, () => OK))
    const connections = new ConnectionPool({ kind: 'unix', path })
    const left = Array.from({ length: count }, (_, number) => number).values()
    const work = async () => {
      for (const _ of left) await send(connections, { ...get, method: 'POST' })
    }
    await Promise.all([work(), work(), work(), work()])
    expect([daemon.received.length, new Set(daemon.connectionNumbers()).size]).toEqual([count, 4])
    connections.close()
    daemon.close()
  }
})

test('in Bun, a pool that is closed during a TLS handshake does not keep the process running', async () => {
  const silent = createServer((socket) => socket.on('error', () => {}))
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const address = silent.address()
  const port = typeof address === 'object' ? address?.port : 0
  const root = join(import.meta.dirname, '../../..')
  const script = `
    import { ConnectionPool } from '${join(root, 'src/engine/transport/connection-pool.ts')}'
    const pool = new ConnectionPool({ kind: 'tcp', hostname: '127.0.0.1', port: ${port} }, { verify: true })
    pool.prepare()
    setTimeout(() => pool.close(), 100)
    process.on('exit', () => console.log('ended'))`
  const bun = join(root, 'node_modules/.bin/bun')
  const { stdout } = await promisify(execFile)(bun, ['-e', script], { timeout: 20_000 })
  silent.close()
  expect(stdout).toBe('ended\n')
})
