import { expect, test } from 'vitest'
import { formatGoTime, UTC, type Zone } from '../../src/domain/go/gotime.ts'
import { parsePosixZone, parseTzif } from '../../src/domain/go/time-zone.ts'

function zone(rule: string): Zone {
  return parsePosixZone(rule) ?? UTC
}

// The expected values are what docker 28.2.2 prints as CreatedAt with TZ set to the zone of the rule.
test.each([
  ['CET-1CEST,M3.5.0,M10.5.0/3', 1_774_745_999, '2026-03-29 01:59:59 +0100 CET'],
  ['CET-1CEST,M3.5.0,M10.5.0/3', 1_774_746_000, '2026-03-29 03:00:00 +0200 CEST'],
  ['EST5EDT,M3.2.0,M11.1.0', 4_000_000_000, '2096-10-02 03:06:40 -0400 EDT'],
  ['<+0530>-5:30', 0, '1970-01-01 05:30:00 +0530 +0530'],
  ['<+1030>-10:30<+11>-11,M10.1.0,M4.1.0', 4_000_000_000, '2096-10-02 17:36:40 +1030 +1030'],
])('applies the rule %s at %d', (rule, seconds, text) => {
  expect(formatGoTime(seconds, zone(rule))).toBe(text)
})

test('prints the zero time in the year 1', () => {
  expect(formatGoTime(-62_135_596_800, UTC)).toBe('0001-01-01 00:00:00 +0000 UTC')
})

test('refuses invalid rules and zone files', () => {
  expect(parsePosixZone('nonsense!')).toBeUndefined()
  expect(parseTzif(new Uint8Array(10))).toBeUndefined()
  expect(parseTzif(new TextEncoder().encode(`TZif2${'\uffff'.repeat(20)}`))).toBeUndefined()
})

test('applies the transitions of a zone file, and after the last one its rule', () => {
  // The file has one transition, at 1000, from standard time to summer time, and then the rule of Central Europe.
  const header = (times: number) => [0x54, 0x5a, 0x69, 0x66, 0x32, ...new Array(15).fill(0), ...counts(times)]
  const counts = (times: number) => [0, 0, 0, times, 2, 9].flatMap((count) => [0, 0, 0, count])
  const types = [...[0, 0, 0x0e, 0x10, 0, 0], ...[0, 0, 0x1c, 0x20, 1, 4]]
  const names = [...new TextEncoder().encode('CET\0CEST\0')]
  const bytes = [
    ...[...header(0), ...types, ...names],
    ...[...header(1), 0, 0, 0, 0, 0, 0, 0x03, 0xe8, 1, ...types, ...names],
    ...new TextEncoder().encode('\nCET-1CEST,M3.5.0,M10.5.0/3\n'),
  ]
  const read = parseTzif(Uint8Array.from(bytes))
  expect(read?.(999)).toEqual({ offset: 3600, name: 'CET' })
  expect(read?.(1_774_746_000)).toEqual({ offset: 7200, name: 'CEST' })
  expect(read?.(1_774_745_999)).toEqual({ offset: 3600, name: 'CET' })
})
