import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bytesSize, humanSize, significant } from '../../src/format/units.ts'
import { sampleSizes } from './cases/samples.ts'
import { golden } from './golden.ts'

test('sizes read as docker writes them', () => {
  const [[, docker] = []] = golden('sizes').responses
  const ours = sampleSizes().map((size) => `1B (virtual ${humanSize(size)})\n`)
  expect(ours.join('')).toBe(docker?.stdout)
})

test.each([
  [0, '0B'],
  [1023, '1023B'],
  [1024, '1KiB'],
  [1_500_000, '1.431MiB'],
  [2_097_152_000, '1.953GiB'],
])('%d bytes in powers of 1024 are %s', (bytes, text) => {
  expect(bytesSize(bytes)).toBe(text)
})

test('progress shows one digit more than lists', () => {
  expect(humanSize(4_261_550)).toBe('4.26MB')
  expect(humanSize(4_261_550, 4)).toBe('4.262MB')
})

test('what is shown is within half a unit of its last digit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999 }), fc.constantFrom(3, 4), (value, digits) => {
      expect(Math.abs(Number(significant(value, digits)) - value)).toBeLessThanOrEqual(
        0.5 * 10 ** (String(value).length - digits),
      )
    }),
  )
})
