import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCsvRecord } from '../../../src/domain/go/csv.ts'
import { expectParsesOrRefuses } from '../../support/typed-text.ts'

describe('parseCsvRecord', () => {
  test.each([
    ['a,b', ['a', 'b']],
    ['a,"b,c"', ['a', 'b,c']],
    ['"a""b",', ['a"b', '']],
    ['\n\na\nb', ['a']],
  ])('parses %o', (text, fields) => {
    expect(parseCsvRecord(text)).toEqual(fields)
  })

  // docker's responses to `--mount`.
  test.each([
    ['', 'EOF'],
    ['type=bind,"src=/a', 'parse error on line 1, column 18: extraneous or missing " in quoted-field'],
    ['type=bind,src=/a"b,dst=/c', 'parse error on line 1, column 17: bare " in non-quoted-field'],
    ['"type=bind"x,src=/a', 'parse error on line 1, column 11: extraneous or missing " in quoted-field'],
    ['é"b', 'parse error on line 1, column 3: bare " in non-quoted-field'],
  ])('refuses %o', (text, reason) => {
    expect(() => parseCsvRecord(text)).toThrow(new Error(reason))
  })

  test('parses quoted fields as they were quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), (fields) => {
        const line = fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')
        expect(parseCsvRecord(line)).toEqual(fields)
      }),
    )
  })
})

test('parseCsvRecord accepts or refuses any text', () => {
  expectParsesOrRefuses(parseCsvRecord)
})
