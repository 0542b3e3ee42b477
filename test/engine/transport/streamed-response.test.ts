import { expect, test } from 'vitest'
import { TruncatedResponseError } from '../../../src/domain/errors.ts'
import { detectTruncation } from '../../../src/engine/transport/streamed-response.ts'

test('a response that breaks off says so in Go’s words, behind what has come', async () => {
  async function* arriving(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('abc')
    throw new Error('aborted')
  }
  const bytes = detectTruncation(arriving())
  expect(await bytes.next()).toEqual({ done: false, value: Buffer.from('abc') })
  await expect(bytes.next()).rejects.toThrow(new TruncatedResponseError('unexpected EOF'))
})
