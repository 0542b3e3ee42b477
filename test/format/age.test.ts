import { expect, test } from 'vitest'
import { ago, humanDuration } from '../../src/format/age.ts'

const HOUR = 3600
const DAY = 24 * HOUR

// The edges of go-units HumanDuration.
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
])('%d seconds are %s', (seconds, text) => {
  expect(humanDuration(seconds)).toBe(text)
})

test('an age is counted from now', () => {
  expect(ago(1000, 1_090_000)).toBe('About a minute ago')
})
