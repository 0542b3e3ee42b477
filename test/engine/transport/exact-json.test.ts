import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exactBody, parseExactJson, withoutStrayBytes } from '../../../src/engine/transport/exact-json.ts'

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n })

test('reads and writes every integer with all digits', () => {
  fc.assert(
    fc.property(int64, fc.jsonValue(), (integer, other) => {
      const text = `{"a":[${integer},{"b":${integer}}],"c":${JSON.stringify(other)},"d":"${integer}"}`
      expect(JSON.stringify(exactBody(parseExactJson(text)))).toBe(JSON.stringify(exactBody(parseExactJson(text))))
      expect(JSON.stringify(exactBody(parseExactJson(text)))).toContain(`{"a":[${integer},{"b":${integer}}]`)
    }),
  )
})

test('reads fractions and exponents as numbers', () => {
  expect(parseExactJson('[9007199254740993,1.5,1e30,12]')).toEqual([9007199254740993n, 1.5, 1e30, 12])
})

test('replaces bytes that are not UTF-8, and nothing else', () => {
  expect(withoutStrayBytes(JSON.stringify({ a: '\udce9', b: '\\udce9', c: '\u{1f600}' }))).toBe(
    '{"a":"\\ufffd","b":"\\\\udce9","c":"\u{1f600}"}',
  )
})
