import { duplexPair } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { Http2Connection } from '../../../../src/builder/buildkit/http2/connection.ts'
import { encodeFrame, encodeUint32, FLAG, FRAME } from '../../../../src/builder/buildkit/http2/frames.ts'
import { encodeHeaders } from '../../../../src/builder/buildkit/http2/hpack.ts'

const NOTHING = Buffer.alloc(0)
const frame = (type: number, payload: Buffer, flags = 0, streamId = 1) =>
  encodeFrame({ type, flags, streamId, payload })

/** Opens a call over a connection whose peer sends raw bytes and reads nothing. @returns the error that ends the call */
async function errorAfter(send: () => Iterable<Buffer>): Promise<Error> {
  const [near, far] = duplexPair()
  const connection = new Http2Connection(near, { lostMessage: 'lost' })
  const { promise, resolve } = Promise.withResolvers<Error>()
  const stream = connection.open([[':method', 'POST']], { headers() {}, data() {}, end() {}, abort: resolve })
  stream.end()
  const sending = async () => {
    for (const bytes of send()) {
      if (far.destroyed || near.destroyed) return
      if (!far.write(bytes)) await sleep(0)
    }
  }
  far.on('error', () => {})
  void sending()
  const error = await promise
  expect(near.destroyed).toBe(true)
  connection.close()
  return error
}

function* forever(bytes: Buffer, first?: Buffer) {
  if (first) yield first
  for (;;) yield bytes
}

/** Many frames in one write, so that a flood takes little time. */
const many = (bytes: Buffer) => Buffer.concat(Array.from({ length: 1000 }, () => bytes))

describe('a connection with a hostile peer', () => {
  test.each<[string, () => Iterable<Buffer>, string]>([
    [
      'PING frames whose responses are not read',
      () => forever(many(frame(FRAME.ping, Buffer.alloc(8), 0, 0))),
      'too many frames',
    ],
    [
      'SETTINGS frames whose responses are not read',
      () => forever(many(frame(FRAME.settings, NOTHING, 0, 0))),
      'too many frames',
    ],
    [
      'empty CONTINUATION frames without an end',
      () => forever(many(frame(FRAME.continuation, NOTHING)), frame(FRAME.headers, NOTHING)),
      'a header block is too long',
    ],
    [
      'a header block without an end',
      () => forever(frame(FRAME.continuation, Buffer.alloc(16_000)), frame(FRAME.headers, NOTHING)),
      'a header block is too long',
    ],
    [
      'a header block that is interrupted',
      () => [frame(FRAME.headers, NOTHING), frame(FRAME.ping, Buffer.alloc(8))],
      'interrupted',
    ],
    ['an empty RST_STREAM', () => [frame(FRAME.resetStream, NOTHING)], 'too short'],
    ['a short WINDOW_UPDATE', () => [frame(FRAME.windowUpdate, Buffer.alloc(3))], 'too short'],
    ['an empty PING', () => [frame(FRAME.ping, NOTHING)], 'too short'],
    [
      'padding that is too long',
      () => [frame(FRAME.data, Buffer.of(9, 0), FLAG.padded)],
      'the padding of a frame is too long',
    ],
    [
      'an empty frame with padding',
      () => [frame(FRAME.data, NOTHING, FLAG.padded)],
      'the padding of a frame is too long',
    ],
    [
      'data beyond the window',
      () => forever(frame(FRAME.data, Buffer.alloc(16_000))),
      'more data than the window allows',
    ],
    [
      'header fields that grow in the table',
      () => [
        frame(FRAME.headers, Buffer.concat([Buffer.of(0x40, 1, 0x61, 0x7f, 0x81, 0x1e), Buffer.alloc(4000, 'x')])),
        ...Array.from({ length: 9 }, () => frame(FRAME.continuation, Buffer.alloc(16_000, 0xbe))),
        frame(FRAME.continuation, NOTHING, FLAG.endHeaders),
      ],
      'the header fields are too long',
    ],
  ])('fails at %s', async (_, send, message) => {
    expect((await errorAfter(send)).message).toContain(message)
  })

  test('passes on what follows headers', async () => {
    const error = await errorAfter(() => [
      frame(FRAME.headers, encodeHeaders([[':status', '200']]), FLAG.endHeaders),
      frame(FRAME.resetStream, encodeUint32(8)),
      frame(FRAME.resetStream, NOTHING),
    ])
    expect(error.message).toBe('context canceled')
  })
})
