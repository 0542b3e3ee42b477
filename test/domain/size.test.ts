import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRamBytes } from '../../src/domain/size.ts'
import { expectParsesOrRefuses } from '../support/typed-text.ts'

describe('parseRamBytes', () => {
  // Expected values are docker's, of `--memory`.
  test.each([
    ['512m', 536870912],
    ['1.5g', 1610612736],
    ['64kb', 65536],
    ['10MiB', 10485760],
    ['1 g', 1073741824],
    ['.5g', 536870912],
    ['0.1k', 102],
    ['1e3', 1000],
    ['99999999999999999999', -(2n ** 63n)],
  ])('parses %s as %d bytes', (text, bytes) => {
    expect(parseRamBytes(text)).toBe(bytes)
  })

  test.each([
    ['', "invalid size: ''"],
    ['x', "invalid size: 'x'"],
    ['-1', "invalid size: '-1'"],
    ['1x', "invalid suffix: 'x'"],
    ['1gbx', "invalid suffix: 'gbx'"],
    ['1KIBX', "invalid suffix: 'KIBX'"],
    [' 1g', 'strconv.ParseFloat: parsing " 1": invalid syntax'],
    ['1e999', 'strconv.ParseFloat: parsing "1e999": value out of range'],
  ])('refuses %o', (text, reason) => {
    expect(() => parseRamBytes(text)).toThrow(new Error(reason))
  })

  test('multiplies by the unit', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.constantFrom('k', 'm', 'g', 'K', 'M', 'G'), (amount, unit) => {
        const factor = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[unit.toLowerCase()] ?? 0
        for (const suffix of ['', 'b', 'ib', 'B', 'iB']) {
          expect(parseRamBytes(`${amount}${unit}${suffix}`)).toBe(amount * factor)
        }
      }),
    )
  })
})

test('parseRamBytes accepts or refuses any text', () => {
  expectParsesOrRefuses(parseRamBytes)
})
