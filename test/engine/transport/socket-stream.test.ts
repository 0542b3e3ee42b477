import { expect, test } from 'vitest'
import type { RawSocket } from '../../../src/engine/transport/raw-socket.ts'
import { SocketStream } from '../../../src/engine/transport/socket-stream.ts'

const LIMIT = 256 * 1024
const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A stream over a socket that accepts `room` bytes and keeps a log of what is done with it. */
function streamOver(room = Number.POSITIVE_INFINITY) {
  const log: string[] = []
  const sent: number[] = []
  let free = room
  const socket: RawSocket = {
    write(bytes) {
      const accepted = bytes.subarray(0, free)
      free -= accepted.length
      sent.push(...accepted.subarray(0, 10))
      return accepted.length
    },
    pause: () => void log.push('pause'),
    resume: () => void log.push('resume'),
    shutdown: () => void log.push('shutdown'),
    end: () => void log.push('close'),
    terminate: () => void log.push('terminate'),
  }
  const stream = new SocketStream(true)
  const { handlers } = stream
  handlers.open(socket)
  const text: string[] = []
  stream.on('drain', () => text.push('drain'))
  stream.on('end', () => text.push('end'))
  stream.on('close', () => text.push('close'))
  stream.on('error', (error) => text.push(error.message))
  return {
    stream,
    log,
    sent,
    text,
    listen: () => stream.on('data', (bytes) => text.push(Buffer.from(bytes).toString())),
    receive: (part: string | Uint8Array) => handlers.data(socket, typeof part === 'string' ? Buffer.from(part) : part),
    endRemote: () => handlers.end?.(socket),
    closeRemote: (failure?: Error) => handlers.close(socket, failure),
    makeRoom(bytes: number) {
      free = bytes
      handlers.drain(socket)
    },
  }
}

test('what arrives before there is a listener is kept, and data flows from the first listener on', async () => {
  const { text, listen, receive, endRemote } = streamOver()
  receive('a')
  listen()
  expect(text).toEqual([])
  await turn()
  receive('b')
  endRemote()
  expect(text).toEqual(['a', 'b', 'end'])
})

test('bytes that were read before, and those that were given back, come in their order', async () => {
  const { stream, text, listen, receive } = streamOver()
  receive('head')
  receive('body')
  expect(await stream.next()).toEqual(Buffer.from('head'))
  stream.unshift(Buffer.from('rest'))
  listen()
  await turn()
  expect(text).toEqual(['rest', 'body'])
})

test('next waits for bytes, and returns undefined at the end', async () => {
  const { stream, receive, endRemote } = streamOver()
  const first = stream.next()
  receive('a')
  expect(await first).toEqual(Buffer.from('a'))
  const second = stream.next()
  endRemote()
  expect(await second).toBeUndefined()
})

test('next throws the error of the connection', async () => {
  const { stream, closeRemote } = streamOver()
  const next = stream.next()
  closeRemote(new Error('reset'))
  await expect(next).rejects.toThrow('reset')
})

test('a paused stream keeps what arrives, and pauses the socket when that is much', async () => {
  const { stream, log, text, listen, receive, endRemote } = streamOver()
  listen()
  await turn()
  stream.pause()
  receive('a')
  receive(new Uint8Array(LIMIT))
  expect([text, log]).toEqual([[], ['pause']])
  endRemote()
  stream.resume()
  await turn()
  expect(text.map((part) => part.length)).toEqual([1, LIMIT, 'end'.length])
  expect([log, stream.readableEnded]).toEqual([['pause', 'resume'], true])
})

test('a listener that pauses the stream gets no more until it is resumed', async () => {
  const { stream, text, receive } = streamOver()
  stream.on('data', (bytes) => {
    text.push(Buffer.from(bytes).toString())
    stream.pause()
  })
  receive('a')
  receive('b')
  await turn()
  expect(text).toEqual(['a'])
  stream.resume()
  await turn()
  expect(text).toEqual(['a', 'b'])
})

test('writing reports a full buffer, sends the rest when there is room, and half-closes afterwards', async () => {
  const { stream, log, sent, text, makeRoom } = streamOver(2)
  expect(stream.write(Uint8Array.of(1, 2, 3))).toBe(true)
  expect(stream.write(new Uint8Array(LIMIT).fill(4))).toBe(false)
  stream.end()
  expect([stream.writable, stream.write(Uint8Array.of(9)), log]).toEqual([false, false, []])
  makeRoom(1)
  expect([sent, text]).toEqual([[1, 2, 3], []])
  makeRoom(Number.POSITIVE_INFINITY)
  expect(sent).toEqual([1, 2, 3, ...new Array(10).fill(4)])
  expect([log, text]).toEqual([['shutdown'], ['drain']])
})

test('send settles when everything is sent', async () => {
  const { stream, sent, makeRoom } = streamOver(2)
  let isSettled = false
  const sending = stream.send(Uint8Array.of(1, 2, 3)).then(() => {
    isSettled = true
  })
  await turn()
  expect([sent, isSettled]).toEqual([[1, 2], false])
  makeRoom(10)
  await sending
  expect(sent).toEqual([1, 2, 3])
  await stream.send(Uint8Array.of(4))
  expect(sent).toEqual([1, 2, 3, 4])
})

test('send and closed settle when the daemon closes the connection, before its response is read', async () => {
  const { stream, receive, closeRemote } = streamOver(2)
  receive('a')
  const sending = stream.send(Uint8Array.of(1, 2, 3))
  closeRemote()
  await Promise.all([sending, stream.closed, stream.send(Uint8Array.of(4))])
  expect(Buffer.from((await stream.next()) ?? []).toString()).toBe('a')
  expect(await stream.next()).toBeUndefined()
})

test('closed settles when the stream is destroyed', async () => {
  const { stream, log } = streamOver()
  stream.destroy()
  await stream.closed
  expect(log).toEqual(['terminate'])
})

test('finish discards output and settles when everything is sent', async () => {
  const { stream, log, text, listen, receive, makeRoom } = streamOver(1)
  listen()
  stream.write(Uint8Array.of(1, 2))
  let isFinished = false
  const finished = stream.finish().then(() => {
    isFinished = true
  })
  receive('late')
  await turn()
  expect([isFinished, text]).toEqual([false, []])
  makeRoom(1)
  await finished
  expect(log).toEqual(['shutdown'])
})

test('finish settles when the connection is closed before everything is sent', async () => {
  const { stream, closeRemote } = streamOver(0)
  stream.write(Uint8Array.of(1))
  const finished = stream.finish()
  closeRemote()
  await finished
})

test('a connection that is closed passes on everything before it ends', async () => {
  const { stream, text, listen, receive, closeRemote } = streamOver()
  receive('a')
  closeRemote()
  listen()
  await turn()
  expect([text, stream.destroyed]).toEqual([['a', 'end', 'close'], true])
})

test('a broken connection reports its error, and what is written afterwards is ignored', async () => {
  const { stream, text, closeRemote } = streamOver()
  closeRemote(new Error('reset'))
  await turn()
  expect([text, stream.errored?.message, stream.write(Uint8Array.of(1))]).toEqual([['reset', 'close'], 'reset', false])
})

test('a listener that is called once is removed, also before it is called', () => {
  const { stream, makeRoom } = streamOver(0)
  const calls: string[] = []
  const removed = () => calls.push('removed')
  stream.once('drain', () => calls.push('once')).once('drain', removed)
  stream.off('drain', removed)
  for (let round = 0; round < 2; round++) {
    stream.write(new Uint8Array(LIMIT + 1))
    makeRoom(Number.POSITIVE_INFINITY)
    makeRoom(0)
  }
  expect(calls).toEqual(['once'])
})
