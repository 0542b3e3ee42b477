import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseHead, readBody, readResponse, serializeRequest } from '../../../src/engine/transport/http-bytes.ts'

test('serializeRequest writes a header with several values once for each', () => {
  const headers = { Upgrade: 'h2c', 'X-Method': ['a', 'b'] }
  expect(serializeRequest({ method: 'POST', path: '/session', headers }, 'body').toString()).toBe(
    'POST /session HTTP/1.1\r\nHost: docker\r\nUpgrade: h2c\r\nX-Method: a\r\nX-Method: b\r\nContent-Length: 4\r\n\r\nbody',
  )
})

describe('readResponse', () => {
  async function* chunkStream(...chunks: string[]): AsyncGenerator<Uint8Array> {
    for (const chunk of chunks) yield Buffer.from(chunk)
  }

  test('reads head and body from any chunks', async () => {
    const response = await readResponse(chunkStream('HTTP/1.1 200 OK\r\nContent-', 'Length: 5\r\n\r\nab', 'cde'))
    const chunks: Uint8Array[] = []
    for await (const chunk of response.body) chunks.push(chunk)
    expect([response.statusCode, Buffer.concat(chunks).toString()]).toEqual([200, 'abcde'])
  })

  test('fails when the connection ends before the response', async () => {
    await expect(readResponse(chunkStream('HTTP/1.1 2'))).rejects.toMatchObject({ code: 'ECONNRESET' })
  })
})

describe('parseHead', () => {
  test('parses status code, reason phrase and headers, and finds the start of the body', () => {
    const bytes = Buffer.from('HTTP/1.1 101 UPGRADED\r\nContent-Type: a/b\r\nUpgrade:tcp\r\n\r\nraw')
    const response = parseHead(bytes)
    expect(response?.head).toMatchObject({ statusCode: 101, statusText: 'UPGRADED' })
    expect(response?.head.header('content-type')).toBe('a/b')
    expect(response?.head.header('upgrade')).toBe('tcp')
    expect(response?.head.header('none')).toBe('')
    expect(bytes.subarray(response?.end).toString()).toBe('raw')
  })

  test('returns undefined for an incomplete head', () => {
    const bytes = Buffer.from('HTTP/1.1 404 Not Found\r\nA: b\r\n\r\n')
    for (let cut = 0; cut < bytes.length; cut++) expect(parseHead(bytes.subarray(0, cut))).toBeUndefined()
    expect(parseHead(bytes)?.head.statusText).toBe('Not Found')
  })

  test.each([
    'SSH-2.0-OpenSSH\r\n',
    'H2',
    'HTTP/2 200\r\n\r\n',
    'HTTP/1.1 abc\r\n\r\n',
    `HTTP/1.1 200${' '.repeat(70_000)}`,
  ])('refuses %j', (text) => expect(() => parseHead(Buffer.from(text))).toThrow('Parse Error'))
})

describe('readBody', () => {
  const head = (headers: Record<string, string>) => ({
    statusCode: 404,
    statusText: '',
    header: (name: string) => headers[name] ?? '',
  })

  async function* cutAt(bytes: Buffer, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
    const offsets = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)
    for (const [index, offset] of offsets.entries()) yield bytes.subarray(offset, offsets[index + 1] ?? offset)
  }

  const text = async (body: AsyncIterable<Uint8Array>) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of body) chunks.push(chunk)
    return Buffer.concat(chunks).toString()
  }

  test('reads the whole body with each kind of length and any chunks', async () => {
    const sent = fc.array(fc.string({ minLength: 1 }), { maxLength: 5 })
    await fc.assert(
      fc.asyncProperty(sent, fc.array(fc.nat(), { maxLength: 6 }), async (parts, cuts) => {
        const whole = Buffer.from(parts.join(''))
        const chunks = parts.map((part) => `${Buffer.byteLength(part).toString(16)};x=y\r\n${part}\r\n`).join('')
        const chunked = Buffer.from(`${chunks}0\r\n\r\n`)
        const counted = head({ 'content-length': String(whole.length) })
        expect(await text(readBody(head({ 'transfer-encoding': 'chunked' }), cutAt(chunked, cuts)))).toBe(
          whole.toString(),
        )
        expect(await text(readBody(counted, cutAt(Buffer.concat([whole, chunked]), cuts)))).toBe(whole.toString())
        expect(await text(readBody(head({}), cutAt(whole, cuts)))).toBe(whole.toString())
      }),
    )
  })

  test.each([
    [{ 'content-length': '10' }, 'abc'],
    [{ 'transfer-encoding': 'chunked' }, '5\r\nab'],
    [{ 'transfer-encoding': 'chunked' }, '2\r\nab\r\n'],
    [{ 'transfer-encoding': 'chunked' }, 'zz\r\n'],
  ])('reports that %j with %j is incomplete', async (headers, sent) => {
    await expect(text(readBody(head(headers), cutAt(Buffer.from(sent), [])))).rejects.toThrow(Error)
  })
})
