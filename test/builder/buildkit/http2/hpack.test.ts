import { describe, expect, test } from 'vitest'
import { encodeHeaders, HeaderDecoder, type HeaderField } from '../../../../src/builder/buildkit/http2/hpack.ts'

/** Header blocks of one connection each, from RFC 7541, appendix C.3, C.4 and the responses of C.6. */
const connections: Record<string, [block: string, fields: HeaderField[]][]> = {
  'requests without Huffman code': [
    [
      '828684410f7777772e6578616d706c652e636f6d',
      [
        [':method', 'GET'],
        [':scheme', 'http'],
        [':path', '/'],
        [':authority', 'www.example.com'],
      ],
    ],
    [
      '828684be58086e6f2d6361636865',
      [
        [':method', 'GET'],
        [':scheme', 'http'],
        [':path', '/'],
        [':authority', 'www.example.com'],
        ['cache-control', 'no-cache'],
      ],
    ],
    [
      '828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565',
      [
        [':method', 'GET'],
        [':scheme', 'https'],
        [':path', '/index.html'],
        [':authority', 'www.example.com'],
        ['custom-key', 'custom-value'],
      ],
    ],
  ],
  'requests with Huffman code': [
    [
      '828684418cf1e3c2e5f23a6ba0ab90f4ff',
      [
        [':method', 'GET'],
        [':scheme', 'http'],
        [':path', '/'],
        [':authority', 'www.example.com'],
      ],
    ],
    [
      '828684be5886a8eb10649cbf',
      [
        [':method', 'GET'],
        [':scheme', 'http'],
        [':path', '/'],
        [':authority', 'www.example.com'],
        ['cache-control', 'no-cache'],
      ],
    ],
    [
      '828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf',
      [
        [':method', 'GET'],
        [':scheme', 'https'],
        [':path', '/index.html'],
        [':authority', 'www.example.com'],
        ['custom-key', 'custom-value'],
      ],
    ],
  ],
}

describe('HeaderDecoder', () => {
  test.each(Object.entries(connections))('decodes %s', (_name, blocks) => {
    const decoder = new HeaderDecoder()
    for (const [block, fields] of blocks) expect(decoder.decode(Buffer.from(block, 'hex'))).toEqual(fields)
  })

  test.each([
    ['an unknown field', 'ff00', 'header field 127 is unknown'],
    ['an empty number', 'ff', 'ends too early'],
    ['a truncated string', '00036162', 'ends too early'],
    ['a number without an end', `7f${'ff'.repeat(12)}`, 'too large'],
    ['a string with an invalid Huffman code', '0084ffffffff00', 'broken string'],
  ])('refuses %s', (_name, block, reason) => {
    expect(() => new HeaderDecoder().decode(Buffer.from(block, 'hex'))).toThrow(reason)
  })

  test('reads what encodeHeaders writes', () => {
    const fields: HeaderField[] = [
      [':path', '/a'],
      ['long', 'x'.repeat(1000)],
      ['twice', 'a, b'],
      ['twice', ''],
      ['ü', 'é'],
    ]
    expect(new HeaderDecoder().decode(encodeHeaders(fields))).toEqual(fields)
  })
})
