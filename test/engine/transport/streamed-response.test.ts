import { expect, test } from 'vitest'
import { TruncatedResponseError } from '../../../src/domain/errors.ts'
import { detectTruncation } from '../../../src/engine/transport/streamed-response.ts'

test('detectTruncation yields the received bytes, then fails with Go’s message', async () => {
  async function* chunkStream(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('abc')
    throw new Error('aborted')
  }
  const bytes = detectTruncation(chunkStream())
  expect(await bytes.next()).toEqual({ done: false, value: Buffer.from('abc') })
  await expect(bytes.next()).rejects.toThrow(new TruncatedResponseError('unexpected EOF'))
})
