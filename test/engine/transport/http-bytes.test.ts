import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TruncatedResponseError } from '../../../src/domain/errors.ts'
import { readBody } from '../../../src/engine/transport/http-body.ts'
import { serializeRequest } from '../../../src/engine/transport/http-bytes.ts'
import { HeadReader } from '../../../src/engine/transport/http-head.ts'

test('serializeRequest writes a header with several values once for each', () => {
  const headers = { Upgrade: 'h2c', 'X-Method': ['a', 'b'] }
  expect(serializeRequest({ method: 'POST', path: '/session', headers }, 'body').toString()).toBe(
    'POST /session HTTP/1.1\r\nHost: docker\r\nUpgrade: h2c\r\nX-Method: a\r\nX-Method: b\r\nContent-Length: 4\r\n\r\nbody',
  )
})

describe('HeadReader', () => {
  const read = (...chunks: (string | Buffer)[]) => {
    const reader = new HeadReader('GET')
    for (const chunk of chunks) {
      const head = reader.add(Buffer.from(chunk))
      if (head) return head
    }
    return undefined
  }

  test('parses status code, reason phrase and headers, and returns the bytes after them', () => {
    const response = read('HTTP/1.1 101 UPGRADED\r\nContent-Type: a/b\r\nUpgrade:tcp\r\n\r\nraw')
    expect(response?.head).toMatchObject({ statusCode: 101, statusText: 'UPGRADED' })
    expect(response?.head.header('content-type')).toBe('a/b')
    expect(response?.head.header('upgrade')).toBe('tcp')
    expect(response?.head.header('none')).toBe('')
    expect(Buffer.from(response?.rest ?? []).toString()).toBe('raw')
  })

  test('returns undefined for an incomplete head', () => {
    const bytes = Buffer.from('HTTP/1.1 404 Not Found\r\nA: b\r\n\r\n')
    for (let cut = 0; cut < bytes.length; cut++) {
      expect(read(bytes.subarray(0, cut))).toBeUndefined()
      expect(read(bytes.subarray(0, cut), bytes.subarray(cut))?.head.statusText).toBe('Not Found')
    }
  })

  test.each([
    ['HTTP/1.1 204 No\r\nContent-Length: 5\r\n\r\n', 0],
    ['HTTP/1.1 304 No\r\nTransfer-Encoding: chunked\r\n\r\n', 0],
    ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n', 7],
    ['HTTP/1.1 200 OK\r\n\r\n', 'until-close'],
    ['HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', 'until-close'],
  ])('finds the framing of the body in %j', (text, framing) => expect(read(text)?.framing).toBe(framing))

  test.each([
    ['SSH-2.0-OpenSSH\r\n', 'Parse Error: Expected HTTP/'],
    ['H2', 'Parse Error: Expected HTTP/'],
    ['HTTP/1.1 abc\r\n', 'malformed HTTP status code "abc"'],
    ['HTTP/1 200\r\n', 'malformed HTTP version "HTTP/1"'],
    ['HTTP/1.1 200 OK\r\nx\r\n\r\n', 'malformed MIME header: missing colon: "x"'],
    ['HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', 'bad Content-Length "-1"'],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n', 'unsupported transfer encoding: "gzip"'],
  ])('refuses %j', (text, message) => expect(() => read(text)).toThrow(message))

  test.each([
    'HTTP/1.1 200',
    'HTTP/1.1 200 OK\r\nA: b\r\n',
    'HTTP/1.1 100 Continue\r\n\r\n',
  ])('refuses a head without an end that begins with %j', (beginning) => {
    const reader = new HeadReader('GET')
    reader.add(Buffer.from(beginning))
    const chunk = Buffer.from(beginning.endsWith('\n\r\n') ? beginning.repeat(2000) : 'x'.repeat(65_536))
    expect(() => {
      for (let size = 0; size < 12_000_000; size += chunk.length) reader.add(chunk)
    }).toThrow('exceeded 10485760 bytes')
  })
})

describe('readBody', () => {
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
        const counted = cutAt(Buffer.concat([whole, chunked]), cuts)
        expect(await text(readBody('chunked', cutAt(chunked, cuts)))).toBe(whole.toString())
        expect(await text(readBody(whole.length, counted))).toBe(whole.toString())
        expect(await text(readBody('until-close', cutAt(whole, cuts)))).toBe(whole.toString())
      }),
    )
  })

  test.each([
    [10, 'abc', 'unexpected EOF'],
    ['chunked', '5\r\nab', 'unexpected EOF'],
    ['chunked', '2\r\nab\r\n', 'unexpected EOF'],
    ['chunked', 'zz\r\n', 'invalid byte in chunk length'],
    ['chunked', '-5\r\n', 'invalid byte in chunk length'],
    ['chunked', '0x5\r\n', 'invalid byte in chunk length'],
    ['chunked', '2\r\nabc', 'malformed chunked encoding'],
    ['chunked', `${'0'.repeat(5000)}`, 'header line too long'],
    ['chunked', `${`1;${'x'.repeat(4000)}\r\na\r\n`.repeat(10)}`, 'chunked encoding contains too much non-data'],
  ] as const)('reports a malformed body: %j, %#', async (framing, sent, message) => {
    await expect(text(readBody(framing, cutAt(Buffer.from(sent), [])))).rejects.toThrow(
      new TruncatedResponseError(message),
    )
  })

  test('yields what arrived before a malformed chunk', async () => {
    const body = readBody('chunked', cutAt(Buffer.from('3\r\nabc\r\n2\r\nde\r\nzz\r\n'), []))
    expect(Buffer.from((await body.next()).value ?? []).toString()).toBe('abcde')
    await expect(body.next()).rejects.toThrow(new TruncatedResponseError('invalid byte in chunk length'))
  })

  test('passes on a chunk of any length while it arrives', async () => {
    const body = readBody('chunked', cutAt(Buffer.from('ffffffffffffffff\r\nabcdef'), [21]))
    expect(Buffer.from((await body.next()).value ?? []).toString()).toBe('abc')
    expect(Buffer.from((await body.next()).value ?? []).toString()).toBe('def')
  })

  test('closes the connection at the end of the body', async () => {
    let isClosed = false
    async function* connection(): AsyncGenerator<Uint8Array> {
      try {
        yield Buffer.from('abcdef')
      } finally {
        isClosed = true
      }
    }
    expect(await text(readBody(6, connection()))).toBe('abcdef')
    expect(isClosed).toBe(true)
  })
})
