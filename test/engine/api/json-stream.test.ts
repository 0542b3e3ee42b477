import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJsonStream } from '../../../src/engine/api/json-stream.ts'

async function read(...chunks: readonly Uint8Array[]) {
  async function* arriving() {
    yield* chunks
  }
  return Array.fromAsync(readJsonStream(arriving()))
}

describe('readJsonStream', () => {
  test('one message a line, empty lines left out, the last without a newline', async () => {
    const text = '{"status":"a"}\r\n\n{"status":"b"}\n{"status":"c"}'
    expect(await read(Buffer.from(text))).toEqual([{ status: 'a' }, { status: 'b' }, { status: 'c' }])
  })

  test('messages come through whatever way the bytes are cut', async () => {
    const messages = fc.array(fc.record({ status: fc.string({ unit: 'binary' }), id: fc.string() }))
    await fc.assert(
      fc.asyncProperty(messages, fc.integer({ min: 1, max: 7 }), async (sent, size) => {
        const bytes = Buffer.from(sent.map((message) => `${JSON.stringify(message)}\r\n`).join(''))
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
          bytes.subarray(n * size, (n + 1) * size),
        )
        expect(await read(...chunks)).toEqual(JSON.parse(JSON.stringify(sent)))
      }),
      // Many small pieces make many turns of the event loop.
      { numRuns: 40 },
    )
  })

  test('several messages on a line, one over several lines', async () => {
    expect(await read(Buffer.from('{"status":"a"}{"status":"b"}\n{"status":\n"c"\n}\n'))).toEqual([
      { status: 'a' },
      { status: 'b' },
      { status: 'c' },
    ])
  })

  test('what is no JSON, in the words of docker', async () => {
    await expect(read(Buffer.from('{bad'))).rejects.toThrow(
      new Error("invalid character 'b' looking for beginning of object key string"),
    )
  })

  test('a daemon that goes away in the middle of a message', async () => {
    await expect(read(Buffer.from('{"status":"a"}\n{"stat'))).rejects.toThrow(new Error('unexpected EOF'))
  })
})
