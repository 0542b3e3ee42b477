import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ConnectionPool } from '../../../src/engine/transport/connection-pool.ts'
import { uploadOverSocket } from '../../../src/engine/transport/socket-upload.ts'

const REQUEST = { method: 'POST', path: '/images/load', headers: { 'Content-Type': 'application/x-tar' } }

let directory: string
let path: string
let closeDaemon = () => {}
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tug-unix-upload-'))
  path = join(directory, 'socket')
})
afterEach(() => {
  closeDaemon()
  rmSync(directory, { recursive: true })
})

async function listen(respond: RequestListener): Promise<void> {
  const server = createServer(respond).listen(path)
  closeDaemon = () => {
    server.close()
    server.closeAllConnections()
  }
  await once(server, 'listening')
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of body) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

/** Yields pieces that are in the same memory, one after the other. */
async function* reusing(texts: Iterable<string>): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(300_000)
  for (const text of texts) yield memory.subarray(0, memory.write(text))
}

/** A source that yields one piece and then waits until it is closed. */
function endless() {
  const closed = Promise.withResolvers<void>()
  const first = [Buffer.from('first')]
  const source: AsyncIterable<Uint8Array> = {
    [Symbol.asyncIterator]: () => ({
      async next() {
        const value = first.pop()
        if (value) return { value, done: false }
        await closed.promise
        return { value: undefined, done: true }
      },
      async return() {
        closed.resolve()
        return { value: undefined, done: true }
      },
    }),
  }
  return { source, closed: closed.promise }
}

test('sends each piece in a chunk of its own, whose memory may then be used again', async () => {
  const texts = ['a'.repeat(300_000), '', 'b'.repeat(70_000), ...Array.from({ length: 50 }, (_, at) => `piece ${at}`)]
  await listen(async (request, response) => {
    const isExpected = (await textOf(request)) === texts.join('')
    response.end(`${request.headers['transfer-encoding']} ${request.headers['content-type']} ${isExpected}`)
  })
  const { statusCode, body } = await uploadOverSocket(
    new ConnectionPool({ kind: 'unix', path }),
    REQUEST,
    reusing(texts),
  )
  expect(statusCode).toBe(200)
  expect(await textOf(body)).toBe('chunked application/x-tar true')
})

test('sends an empty body', async () => {
  await listen(async (request, response) => void response.end(`<${await textOf(request)}>`))
  expect(
    await textOf((await uploadOverSocket(new ConnectionPool({ kind: 'unix', path }), REQUEST, reusing([]))).body),
  ).toBe('<>')
})

test('returns a response that arrives before the body ends, and closes the body after it', async () => {
  await listen((request, response) => {
    request.once('data', () => response.writeHead(500).end('no space left on device'))
  })
  const { source, closed } = endless()
  const { statusCode, body } = await uploadOverSocket(new ConnectionPool({ kind: 'unix', path }), REQUEST, source)
  expect([statusCode, await textOf(body)]).toEqual([500, 'no space left on device'])
  await closed
})

test('reports an error of the body and closes the connection', async () => {
  const aborted = Promise.withResolvers<void>()
  await listen((request: IncomingMessage) => {
    request.on('error', () => aborted.resolve()).resume()
  })
  const failure = new Error('read images.tar: input/output error')
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('first')
    throw failure
  }
  await expect(uploadOverSocket(new ConnectionPool({ kind: 'unix', path }), REQUEST, broken())).rejects.toMatchObject({
    cause: failure,
  })
  await aborted.promise
})

test('closes the body when the daemon closes the connection', async () => {
  await listen((request) => {
    request.once('data', () => request.socket.destroy())
  })
  const { source, closed } = endless()
  await expect(uploadOverSocket(new ConnectionPool({ kind: 'unix', path }), REQUEST, source)).rejects.toThrow(
    'socket hang up',
  )
  await closed
})

test('closes the body and the connection when it is aborted', async () => {
  const connection = Promise.withResolvers<void>()
  const aborter = new AbortController()
  await listen((request) => {
    request.once('data', () => aborter.abort()).once('close', connection.resolve)
    request.on('error', () => {})
  })
  const { source, closed } = endless()
  await expect(
    uploadOverSocket(new ConnectionPool({ kind: 'unix', path }), { ...REQUEST, signal: aborter.signal }, source),
  ).rejects.toThrow('aborted')
  await Promise.all([closed, connection.promise])
})
