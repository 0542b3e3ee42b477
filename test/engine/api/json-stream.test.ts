import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJsonStream, readJsonTexts } from '../../../src/engine/api/json-stream.ts'

async function read(...chunks: readonly Uint8Array[]) {
  async function* chunkStream() {
    yield* chunks
  }
  return Array.fromAsync(readJsonStream(chunkStream()))
}

describe('readJsonStream', () => {
  test('reads one message per line, skips empty lines, and reads a last line without a newline', async () => {
    const text = '{"status":"a"}\r\n\n{"status":"b"}\n{"status":"c"}'
    expect(await read(Buffer.from(text))).toEqual([{ status: 'a' }, { status: 'b' }, { status: 'c' }])
  })

  test('reads the same messages however the bytes are split into chunks', async () => {
    const messages = fc.array(fc.record({ status: fc.string({ unit: 'binary' }), id: fc.string() }))
    await fc.assert(
      fc.asyncProperty(messages, fc.integer({ min: 1, max: 7 }), async (sent, size) => {
        const bytes = Buffer.from(sent.map((message) => `${JSON.stringify(message)}\r\n`).join(''))
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
          bytes.subarray(n * size, (n + 1) * size),
        )
        expect(await read(...chunks)).toEqual(JSON.parse(JSON.stringify(sent)))
      }),
      // Many small chunks take many turns of the event loop.
      { numRuns: 20 },
    )
  })

  test('reads several messages on one line and one message on several lines', async () => {
    expect(await read(Buffer.from('{"status":"a"}{"status":"b"}\n{"status":\n"c"\n}\n'))).toEqual([
      { status: 'a' },
      { status: 'b' },
      { status: 'c' },
    ])
  })

  test('reads messages of one line before and after others', async () => {
    const text = '{"id":"1"}\n{"id":"2"}{"id":"3"}\n{"id":\n"4"}\n{"id":"5"}\n'
    const ids = ['1', '2', '3', '4', '5'].map((id) => ({ id }))
    expect(await read(Buffer.from(text))).toEqual(ids)
    expect(await read(Buffer.from(text), Buffer.from(text))).toEqual([...ids, ...ids])
  })

  test('yields the messages that arrive together as one list, those before an error first', async () => {
    async function* chunkStream() {
      yield Buffer.from('{"id":"1"}\n{"id":"2"}\n{"id"')
      yield Buffer.from(':"3"}\n{bad')
    }
    const lists = readJsonTexts(chunkStream())
    expect((await lists.next()).value).toEqual(['{"id":"1"}', '{"id":"2"}'])
    expect((await lists.next()).value).toEqual(['{"id":"3"}'])
    await expect(lists.next()).rejects.toThrow("invalid character 'b' looking for beginning of object key string")
  })

  test('reads many messages that share a line in linear time', async () => {
    expect(await read(Buffer.from('{}'.repeat(200_000)))).toHaveLength(200_000)
  })

  // Each chunk once led to another look at the whole message.
  test('scans each byte of a long message once', async () => {
    const message = JSON.stringify({ status: 'x'.repeat(8_000_000) })
    const chunks = Array.from({ length: Math.ceil(message.length / 100) }, (_, n) =>
      Buffer.from(message.slice(n * 100, (n + 1) * 100)),
    )
    const [read1] = await read(...chunks)
    expect(read1?.status).toHaveLength(8_000_000)
  })

  test('refuses a message without an end', async () => {
    async function* endless() {
      yield Buffer.from('{"status":"')
      for (;;) yield Buffer.alloc(1024 * 1024, 'x')
    }
    await expect(Array.fromAsync(readJsonStream(endless()))).rejects.toThrow(
      'a message is longer than 67108864 characters',
    )
  })

  test('rejects malformed JSON with docker’s message', async () => {
    await expect(read(Buffer.from('{bad'))).rejects.toThrow(
      new Error("invalid character 'b' looking for beginning of object key string"),
    )
  })

  test('fails when the stream ends within a message', async () => {
    await expect(read(Buffer.from('{"status":"a"}\n{"stat'))).rejects.toThrow(new Error('unexpected EOF'))
  })
})
