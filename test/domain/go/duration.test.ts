import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDuration } from '../../../src/domain/go/duration.ts'
import { expectParsesOrRefuses } from '../../support/typed-text.ts'

describe('parseDuration', () => {
  // Expected values are docker's, of `--health-interval`.
  test.each([
    ['1m30s', 90e9],
    ['500ms', 500e6],
    ['1.5h', 5400e9],
    ['-1s', -1e9],
    ['0', 0],
    ['1h2m3s4ms5us6ns', 3723004005006],
    ['.5µs', 500],
    ['1.123456789123s', 1123456789],
  ])('parses %s as %d ns', (text, nanoseconds) => {
    expect(parseDuration(text)).toBe(nanoseconds)
  })

  test.each([
    ['', 'time: invalid duration ""'],
    ['s', 'time: invalid duration "s"'],
    ['5', 'time: missing unit in duration "5"'],
    ['1d', 'time: unknown unit "d" in duration "1d"'],
    ['80__proto__.', 'time: unknown unit "__proto__" in duration "80__proto__."'],
    ['1µx', 'time: unknown unit "\\xc2\\xb5x" in duration "1\\xc2\\xb5x"'],
    ['99999999h', 'time: invalid duration "99999999h"'],
    ['9223372036854775808ns', 'time: invalid duration "9223372036854775808ns"'],
  ])('refuses %o', (text, reason) => {
    expect(() => parseDuration(text)).toThrow(new Error(reason))
  })

  test('adds up parts in any order', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.nat(1000), (h, s, ms) => {
        const total = h * 3600e9 + s * 1e9 + ms * 1e6
        expect(parseDuration(`${h}h${s}s${ms}ms`)).toBe(total)
        expect(parseDuration(`${ms}ms${h}h${s}s`)).toBe(total)
        expect(parseDuration(`-${h}h${s}s${ms}ms`)).toBe(total === 0 ? 0 : -total)
      }),
    )
  })
})

test('parseDuration accepts or refuses any text', () => {
  expectParsesOrRefuses(parseDuration)
})
