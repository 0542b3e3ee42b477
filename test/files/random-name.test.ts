import { expect, test } from 'vitest'
import { randomDecimal, randomHex } from '../../src/files/random-name.ts'

test('random names have the expected form and differ', () => {
  const names = Array.from({ length: 100 }, () => randomHex(8))
  expect(names.every((name) => /^[\da-f]{16}$/.test(name))).toBe(true)
  expect(new Set(names).size).toBe(100)
  const numbers = Array.from({ length: 100 }, randomDecimal)
  expect(numbers.every((number) => /^\d{1,10}$/.test(number) && Number(number) < 2 ** 32)).toBe(true)
  expect(new Set(numbers).size).toBeGreaterThan(95)
})
