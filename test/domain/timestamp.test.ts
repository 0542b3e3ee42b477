import { describe, expect, test } from 'vitest'
import { parseTimestamp } from '../../src/domain/timestamp.ts'

const NOW = new Date('2020-01-01T12:00:00.500Z')

describe('parseTimestamp', () => {
  // docker's requests for `logs --since`, in UTC.
  test.each([
    ['2020-01-01T00:00:00Z', '1577836800.000000000'],
    ['2020-01-01T10:00+02:00', '1577865600.000000000'],
    ['2020-01-01T00:00:00.25Z', '1577836800.250000000'],
    ['1577836800.5', '1577836800.5'],
    ['1577836800', '1577836800'],
    ['10m', '1577879400'],
    ['0', '0'],
  ])('%s', (text, seconds) => {
    expect(parseTimestamp(text, NOW)).toBe(seconds)
  })

  test.each([
    '2020-01-01',
    '2020-01-01T10',
    '2020-01-01T10:30',
    '2020-01-01T10:30:05',
  ])('parses %s in local time', (text) => {
    const [, hour = '00', minute = '00', second = '00'] = /T(\d+):?(\d+)?:?(\d+)?/.exec(text) ?? []
    const local = new Date(2020, 0, 1, Number(hour), Number(minute), Number(second))
    expect(parseTimestamp(text, NOW)).toBe(`${local.getTime() / 1000}.000000000`)
  })

  test.each([
    ['bogus', 'failed to parse value as time or duration: "bogus"'],
    ['2020-13-01', 'parsing time "2020-13-01": month out of range'],
    ['2020-02-30', 'parsing time "2020-02-30": day out of range'],
  ])('refuses %s', (text, reason) => {
    expect(() => parseTimestamp(text, NOW)).toThrow(new Error(reason))
  })
})
