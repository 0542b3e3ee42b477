import { once } from 'node:events'
import { type ClientHttp2Session, connect as connectHttp2, createServer, type ServerHttp2Stream } from 'node:http2'
import { connect, createServer as createNetServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { GrpcClient } from '../../../../src/builder/buildkit/grpc/client.ts'
import { type Methods, serve } from '../../../../src/builder/buildkit/grpc/server.ts'
import { GrpcError } from '../../../../src/builder/buildkit/grpc/status.ts'

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

function formatFramedTable(message: Buffer): Buffer {
  const prefix = Buffer.alloc(5)
  prefix.writeUInt32BE(message.length, 1)
  return Buffer.concat([prefix, message])
}

/** Returns both ends of a real socket. */
async function sockets(): Promise<[Socket, Socket]> {
  const listener = createNetServer()
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  const near = connect(typeof address === 'object' ? (address?.port ?? 0) : 0, '127.0.0.1')
  const [far]: Socket[] = await once(listener, 'connection')
  listener.close()
  if (!far) throw new Error('no connection')
  cleanUps.push(() => {
    near.destroy()
    far.destroy()
  })
  return [near, far]
}

describe("our server with Node's client", () => {
  async function served(methods: Methods): Promise<ClientHttp2Session> {
    const [near, far] = await sockets()
    const connection = serve(far, methods, 'closed')
    const session = connectHttp2('http://localhost', { createConnection: () => near })
    session.on('error', () => {})
    cleanUps.push(() => {
      session.destroy()
      connection.close()
    })
    return session
  }

  function open(session: ClientHttp2Session, headers: Record<string, string | string[]> = {}) {
    return session.request({ ':method': 'POST', ':path': '/s/Method', 'content-type': 'application/grpc', ...headers })
  }

  test('exchanges messages in both directions and sends trailers', async () => {
    const session = await served({
      '/s/Method': async (call) => {
        for await (const message of call.messages) call.send(Buffer.from('> '), message)
      },
    })
    const stream = open(session)
    const trailers = once(stream, 'trailers')
    stream.write(formatFramedTable(Buffer.from('one')))
    stream.end(formatFramedTable(Buffer.alloc(0)))
    const body = Buffer.concat(await stream.toArray())
    expect(body).toEqual(Buffer.concat([formatFramedTable(Buffer.from('> one')), formatFramedTable(Buffer.from('> '))]))
    expect((await trailers)[0]).toMatchObject({ 'grpc-status': '0' })
  })

  test('sends many megabytes at the speed of the reader', async () => {
    const size = 20_000_000
    let sent = 0
    const session = await served({
      '/s/Method': async (call) => {
        for (; sent < size; sent += 100_000) {
          call.send(Buffer.alloc(100_000, 'x'))
          await call.room()
        }
      },
    })
    const stream = open(session)
    stream.end()
    await once(stream, 'response')
    await sleep(100)
    expect(sent).toBeLessThan(size / 4)
    let received = 0
    for await (const chunk of stream) received += chunk.length
    expect(received).toBe(size + (size / 100_000) * 5)
  })

  test('accepts messages only as fast as the handler reads them', async () => {
    const go = Promise.withResolvers<void>()
    const session = await served({
      '/s/Method': async (call) => {
        await go.promise
        let length = 0
        for await (const message of call.messages) length += message.length
        call.send(Buffer.from(String(length)))
      },
    })
    const stream = open(session)
    let isFull = false
    for (let count = 0; count < 100; count++) isFull = !stream.write(formatFramedTable(Buffer.alloc(100_000))) || isFull
    stream.end()
    await sleep(100)
    expect(isFull).toBe(true)
    go.resolve()
    expect(
      Buffer.concat(await stream.toArray())
        .subarray(5)
        .toString(),
    ).toBe('10000000')
  })

  test('returns every value of a repeated header, even values that contain commas', async () => {
    const session = await served({
      '/s/Method': async (call) => call.send(Buffer.from(JSON.stringify(call.metadata('followpaths')))),
    })
    const stream = open(session, { followpaths: ['a, b', 'c'] })
    stream.end()
    expect(
      Buffer.concat(await stream.toArray())
        .subarray(5)
        .toString(),
    ).toBe('["a, b","c"]')
  })

  test('reads headers that do not fit into one frame', async () => {
    const patterns = Array.from({ length: 500 }, (_, index) => `directory number ${index} of very many/**`)
    const session = await served({
      '/s/Method': async (call) => call.send(Buffer.from(JSON.stringify(call.metadata('exclude-patterns')))),
    })
    const stream = open(session, { 'exclude-patterns': patterns })
    stream.end()
    expect(
      JSON.parse(
        Buffer.concat(await stream.toArray())
          .subarray(5)
          .toString(),
      ),
    ).toEqual(patterns)
  })

  test.each([
    ['an error', () => new Error('100% wrong: ü\n'), '2', '100%25 wrong: %C3%BC%0A'],
    ['an error with a code', () => new GrpcError(5, 'not found'), '5', 'not found'],
  ])('reports %s in the trailers', async (_name, error, status, message) => {
    const session = await served({
      '/s/Method': async () => {
        throw error()
      },
    })
    const stream = open(session)
    stream.end()
    stream.resume()
    expect((await once(stream, 'trailers'))[0]).toMatchObject({ 'grpc-status': status, 'grpc-message': message })
  })

  test('refuses an unknown method', async () => {
    const stream = open(await served({}))
    stream.end()
    stream.resume()
    expect((await once(stream, 'trailers'))[0]).toMatchObject({ 'grpc-status': '12' })
  })

  test('aborts a call that the client cancels', async () => {
    const aborted = Promise.withResolvers<void>()
    const session = await served({
      '/s/Method': async (call) => {
        call.signal.addEventListener('abort', () => aborted.resolve())
        call.send(Buffer.from('begun'))
        for await (const _ of call.messages);
      },
    })
    const stream = open(session)
    stream.on('error', () => {})
    await once(stream, 'data')
    stream.close(8)
    await aborted.promise
  })

  test('responds to pings', async () => {
    const session = await served({})
    await once(session, 'remoteSettings')
    expect(await new Promise((resolve) => session.ping((error) => resolve(error)))).toBe(null)
  })
})

describe("our client with Node's server", () => {
  async function client(
    response: (stream: ServerHttp2Stream, headers: Record<string, unknown>) => void | Promise<void>,
  ) {
    const [near, far] = await sockets()
    const server = createServer()
    server.on('stream', (stream, headers) => {
      stream.on('error', () => {})
      void response(stream, headers)
    })
    server.on('sessionError', () => {})
    server.emit('connection', far)
    const grpcClient = new GrpcClient(near, 'connection lost')
    cleanUps.push(() => {
      grpcClient.close()
      server.close()
    })
    return { client: grpcClient, far }
  }

  function reply(stream: ServerHttp2Stream, messages: readonly Buffer[], trailers: Record<string, string>) {
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers(trailers))
    for (const message of messages) stream.write(formatFramedTable(message))
    stream.end()
  }

  test('makes a unary call with metadata', async () => {
    const { client: grpcClient } = await client(async (stream, headers) => {
      const received = Buffer.concat(await stream.toArray())
      reply(stream, [Buffer.from(`${headers[':path']} ${headers['x-id']} ${received.subarray(5)}`)], {
        'grpc-status': '0',
      })
    })
    const response = await grpcClient.call('/s/Method', Buffer.from('question'), { metadata: [['x-id', '7']] })
    expect(response.toString()).toBe('/s/Method 7 question')
  })

  test('sends a large request and receives a large response', async () => {
    const { client: grpcClient } = await client(async (stream) => {
      const received = Buffer.concat(await stream.toArray())
      reply(stream, [received.subarray(5)], { 'grpc-status': '0' })
    })
    const question = Buffer.alloc(3_000_000, 'abcdefg')
    expect((await grpcClient.call('/s/Method', question)).equals(question)).toBe(true)
  })

  test('receives a stream of many messages', async () => {
    const messages = Array.from({ length: 500 }, (_, index) => Buffer.from(`message ${index}`))
    const { client: grpcClient } = await client((stream) => reply(stream, messages, { 'grpc-status': '0' }))
    const received: string[] = []
    for await (const message of grpcClient.stream('/s/Method', Buffer.alloc(0))) received.push(message.toString())
    expect(received).toEqual(messages.map(String))
  })

  test('reports an error with its details', async () => {
    const details = Buffer.from('details').toString('base64').replaceAll('=', '')
    const trailers = { 'grpc-status': '5', 'grpc-message': 'no %C3%BC 100%25', 'grpc-status-details-bin': details }
    const { client: grpcClient } = await client((stream) => reply(stream, [], trailers))
    const failure = await grpcClient.call('/s/Method', Buffer.alloc(0)).catch((error: unknown) => error)
    expect(failure).toMatchObject({ code: 5, message: 'no ü 100%', details: Buffer.from('details') })
  })

  test('resets the stream and ends the call when it is canceled', async () => {
    const closed = Promise.withResolvers<number>()
    const { client: grpcClient } = await client((stream) => {
      stream.on('close', () => closed.resolve(stream.rstCode))
      stream.respond({ ':status': 200 })
    })
    const aborter = new AbortController()
    const call = grpcClient.call('/s/Method', Buffer.alloc(0), { signal: aborter.signal })
    call.catch(() => {})
    await sleep(20)
    aborter.abort()
    await expect(call).rejects.toMatchObject({ code: 1, message: 'context canceled' })
    expect(await closed.promise).toBe(8)
    await expect(grpcClient.call('/s/Method', Buffer.alloc(0), { signal: aborter.signal })).rejects.toMatchObject({
      code: 1,
    })
  })

  test.each(['destroy', 'end'] as const)('ends every call when the connection is lost (%s)', async (way) => {
    const { client: grpcClient, far } = await client((stream) => {
      stream.respond({ ':status': 200 })
      far[way]()
    })
    const call = grpcClient.call('/s/Method', Buffer.alloc(0))
    await expect(call).rejects.toMatchObject({ code: 14, message: 'connection lost' })
    await expect(grpcClient.call('/s/Method', Buffer.alloc(0))).rejects.toMatchObject({ code: 14 })
  })

  // The expected codes are those of grpc-go, which determine docker's exit code.
  test.each([
    [2, 13, 'INTERNAL_ERROR'],
    [7, 14, 'REFUSED_STREAM'],
    [11, 8, 'ENHANCE_YOUR_CALM'],
  ])('ends a call that the server resets with error code %i', async (reason, code, name) => {
    const { client: grpcClient } = await client((stream) => stream.close(reason))
    const message = `stream terminated by RST_STREAM with error code: ${name}`
    await expect(grpcClient.call('/s/Method', Buffer.alloc(0))).rejects.toMatchObject({ code, message })
  })
})
