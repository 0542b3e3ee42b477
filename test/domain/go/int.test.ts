import { describe, expect, test } from 'vitest'
import { parseGoInt, parseGoUint } from '../../../src/domain/go/int.ts'

describe('parseGoInt and parseGoUint', () => {
  test.each([
    ['0', 0],
    ['-1', -1],
    ['+7', 7],
    ['1_000', 1000],
    ['0x1f', 31],
    ['0X_1F', 31],
    ['-0b101', -5],
    ['0o17', 15],
    ['017', 15],
    ['0_7', 7],
    ['00', 0],
    ['-9223372036854775808', -(2n ** 63n)],
  ])('%s', (text, number) => {
    expect(parseGoInt(text)).toBe(number)
  })

  test.each([
    '',
    '-',
    '+',
    ' 1',
    '1 ',
    '1.5',
    'x',
    '0x',
    '1__0',
    '_1',
    '1_',
    '08',
    '0b2',
    '1e3',
    '--1',
  ])('%j', (text) => {
    const reason = `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`
    expect(() => parseGoInt(text)).toThrow(new Error(reason))
  })

  test('refuses an integer outside int64', () => {
    expect(() => parseGoInt('9223372036854775808')).toThrow('value out of range')
    expect(() => parseGoInt('-9223372036854775809')).toThrow('value out of range')
  })

  test.each([
    ['65535', 16, 65_535],
    ['0x10', 16, 16],
    ['010', 64, 8],
  ] as const)('%s of %d bits without a sign', (text, bits, number) => {
    expect(parseGoUint(text, bits)).toBe(number)
  })

  test.each([
    ['65536', 16, 'value out of range'],
    ['18446744073709551616', 64, 'value out of range'],
    ['-1', 16, 'invalid syntax'],
    ['+1', 16, 'invalid syntax'],
    ['', 64, 'invalid syntax'],
  ] as const)('%s of %d bits: %s', (text, bits, reason) => {
    expect(() => parseGoUint(text, bits)).toThrow(`strconv.ParseUint: parsing "${text}": ${reason}`)
  })
})
