import { describe, expect, test } from 'vitest'
import { UTC } from '../../src/domain/go/gotime.ts'
import { parsePosixZone } from '../../src/domain/go/time-zone.ts'
import { parseTimestamp } from '../../src/domain/timestamp.ts'

/** Central Europe, whose summer time ended on 25 October 2020 at 03:00. */
const CLOCK = {
  now: new Date('2020-01-01T12:00:00.500Z'),
  zone: () => parsePosixZone('CET-1CEST,M3.5.0,M10.5.0/3') ?? UTC,
}

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
    expect(parseTimestamp(text, CLOCK)).toBe(seconds)
  })

  // The seconds are what docker sends on these dates: it takes the offset of the day on which it runs.
  test.each([
    ['2020-01-01', '1577833200.000000000'],
    ['2020-01-01T10', '1577869200.000000000'],
    ['2020-01-01T10:30', '1577871000.000000000'],
    ['2020-01-01T10:30:05', '1577871005.000000000'],
    ['2020-07-01', '1593554400.000000000'],
    ['2020-10-25T00:30', '1603578600.000000000'],
    ['2020-10-25T04:00', '1603594800.000000000'],
  ])('gives the local time %s the offset of its date', (text, seconds) => {
    expect(parseTimestamp(text, CLOCK)).toBe(seconds)
  })

  test.each([
    ['bogus', 'failed to parse value as time or duration: "bogus"'],
    ['2020-13-01', 'parsing time "2020-13-01": month out of range'],
    ['2020-02-30', 'parsing time "2020-02-30": day out of range'],
  ])('refuses %s', (text, reason) => {
    expect(() => parseTimestamp(text, CLOCK)).toThrow(new Error(reason))
  })
})
