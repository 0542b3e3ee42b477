import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ago, bytesSize, humanDuration, humanSize, significant } from '../../../src/format/text/units.ts'
import { sampleSizes } from '../cases/samples.ts'
import { golden } from '../golden.ts'

test('formats sizes as docker does', () => {
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
])('formats %d bytes in powers of 1024 as %s', (bytes, text) => {
  expect(bytesSize(bytes)).toBe(text)
})

test('formats one digit more for progress than for lists', () => {
  expect(humanSize(4_261_550)).toBe('4.26MB')
  expect(humanSize(4_261_550, 4)).toBe('4.262MB')
})

test('rounds to within half a unit of the last digit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999 }), fc.constantFrom(3, 4), (value, digits) => {
      expect(Math.abs(Number(significant(value, digits)) - value)).toBeLessThanOrEqual(
        0.5 * 10 ** (String(value).length - digits),
      )
    }),
  )
})

const HOUR = 3600
const DAY = 24 * HOUR

// The limits of each unit in go-units HumanDuration.
test.each([
  [-5, 'Less than a second'],
  [0.9, 'Less than a second'],
  [1, '1 second'],
  [59.9, '59 seconds'],
  [60, 'About a minute'],
  [119, 'About a minute'],
  [120, '2 minutes'],
  [HOUR - 1, '59 minutes'],
  [HOUR, 'About an hour'],
  [1.49 * HOUR, 'About an hour'],
  [1.5 * HOUR, '2 hours'],
  [47.4 * HOUR, '47 hours'],
  [47.5 * HOUR, '2 days'],
  [13 * DAY, '13 days'],
  [14 * DAY, '2 weeks'],
  [59 * DAY, '8 weeks'],
  [60 * DAY, '2 months'],
  [729 * DAY, '24 months'],
  [730 * DAY, '2 years'],
  [1000 * 365 * DAY, '292 years'],
])('formats %d seconds as %s', (seconds, text) => {
  expect(humanDuration(seconds)).toBe(text)
})

test('counts an age from the current time', () => {
  expect(ago(1000, 1_090_000)).toBe('About a minute ago')
})
