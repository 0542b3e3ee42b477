import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseNanoCpus } from '../../../src/domain/container/cpus.ts'
import { expectParsesOrRefuses } from '../../support/typed-text.ts'

test('parses decimals, fractions and exponents to the billionth', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 9 }), (amount, digits) => {
      const scale = 10 ** digits
      const typed = `${Math.floor(amount / scale)}.${String(amount % scale).padStart(digits, '0')}`
      expect(parseNanoCpus(typed)).toBe(amount * 10 ** (9 - digits))
      expect(parseNanoCpus(`${amount}/${scale}`)).toBe(amount * 10 ** (9 - digits))
      expect(parseNanoCpus(`${amount}e-${digits}`)).toBe(amount * 10 ** (9 - digits))
    }),
  )
})

test('parseNanoCpus accepts or refuses any text', () => {
  expectParsesOrRefuses(parseNanoCpus)
})

test.each(['0x', '0b', '0o', '0', '1'])('refuses a long denominator with a wrong end in linear time: %s', (start) => {
  const digits = `${start}${'1'.repeat(1000)}`
  expect(() => parseNanoCpus(`1/${digits}z`)).toThrow('as a rational number')
})
