// Time zones: compiled zone files (TZif) and the POSIX rules that they contain.
import type { Zone, ZoneMoment } from './gotime.ts'

/** The clock changes of a zone: from `times[i]` on, `moments[i]` applies. */
interface Transitions {
  readonly times: readonly number[]
  readonly moments: readonly ZoneMoment[]
  readonly before: ZoneMoment
}

const MAGIC = 0x545a6966
const HEADER_SIZE = 44

/** Parses a compiled time zone file (RFC 8536). Undefined for invalid bytes. */
export function parseTzif(bytes: Uint8Array): Zone | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < HEADER_SIZE || view.getUint32(0) !== MAGIC) return
  try {
    const first = readBlock(view, 0, 4)
    // Version 2 and later repeat the data with 64-bit times, and end with the rule for times after the last change.
    if (view.getUint8(4) === 0) return zoneOf(first.transitions)
    const second = readBlock(view, first.end, 8)
    const footer = new TextDecoder().decode(bytes.subarray(second.end)).trim()
    return zoneOf(second.transitions, parsePosixZone(footer))
  } catch (error) {
    if (error instanceof RangeError) return
    throw error
  }
}

function zoneOf({ times, moments, before }: Transitions, after?: Zone): Zone {
  return (unixSeconds) => {
    const last = times.at(-1)
    if (after !== undefined && (last === undefined || unixSeconds >= last)) return after(unixSeconds)
    const index = times.findLastIndex((time) => time <= unixSeconds)
    return moments[index] ?? before
  }
}

/** Reads one data block of a file. @param size the width of its times in bytes */
function readBlock(view: DataView, start: number, size: 4 | 8): { transitions: Transitions; end: number } {
  const count = (index: number) => view.getUint32(start + 20 + 4 * index)
  const [utcFlags, standardFlags, leaps, timeCount, typeCount, nameBytes] = [0, 1, 2, 3, 4, 5].map(count)
  const types = start + HEADER_SIZE + (timeCount ?? 0) * (size + 1)
  const names = types + (typeCount ?? 0) * 6
  const moment = (index: number): ZoneMoment => {
    const at = types + 6 * index
    return { offset: view.getInt32(at), name: readText(view, names + view.getUint8(at + 5)) }
  }
  const times: number[] = []
  const moments: ZoneMoment[] = []
  for (let index = 0; index < (timeCount ?? 0); index++) {
    const at = start + HEADER_SIZE + index * size
    times.push(size === 4 ? view.getInt32(at) : Number(view.getBigInt64(at)))
    moments.push(moment(view.getUint8(start + HEADER_SIZE + (timeCount ?? 0) * size + index)))
  }
  const standard = Array.from({ length: typeCount ?? 0 }, (_, index) => index).find(
    (index) => view.getUint8(types + 6 * index + 4) === 0,
  )
  const end = names + (nameBytes ?? 0) + (leaps ?? 0) * (size + 4) + (standardFlags ?? 0) + (utcFlags ?? 0)
  return { transitions: { times, moments, before: moment(standard ?? 0) }, end }
}

function readText(view: DataView, start: number): string {
  let text = ''
  for (let at = start; view.getUint8(at) !== 0; at++) text += String.fromCharCode(view.getUint8(at))
  return text
}

const NAME = '(<[^>]+>|[A-Za-z]{3,})'
const OFFSET = '([+-]?\\d{1,3}(?::\\d\\d(?::\\d\\d)?)?)'
const RULE = '(M\\d+\\.\\d\\.\\d|J?\\d+)(?:/([+-]?\\d{1,3}(?::\\d\\d(?::\\d\\d)?)?))?'
const DAY = 86_400

/** Parses a POSIX TZ rule such as `CET-1CEST,M3.5.0,M10.5.0/3`. Undefined for invalid text. */
export function parsePosixZone(rule: string): Zone | undefined {
  const match = new RegExp(`^${NAME}${OFFSET}(?:${NAME}${OFFSET}?,${RULE},${RULE})?$`).exec(rule)
  if (match === null) return
  const [, standardName = '', standardOffset = '', summerName, summerOffset, startDay, startTime, endDay, endTime] =
    match
  // POSIX counts offsets west of Greenwich.
  const standard: ZoneMoment = { offset: -parseSeconds(standardOffset), name: unquote(standardName) }
  if (summerName === undefined) return () => standard
  const offset = summerOffset === undefined ? standard.offset + 3600 : -parseSeconds(summerOffset)
  const summer: ZoneMoment = { offset, name: unquote(summerName) }
  return (unixSeconds) => {
    const year = new Date((unixSeconds + standard.offset) * 1000).getUTCFullYear()
    const start = dayOf(startDay ?? '', year) + parseSeconds(startTime ?? '2') - standard.offset
    const end = dayOf(endDay ?? '', year) + parseSeconds(endTime ?? '2') - summer.offset
    const isSummer = start < end ? unixSeconds >= start && unixSeconds < end : unixSeconds >= start || unixSeconds < end
    return isSummer ? summer : standard
  }
}

function unquote(name: string): string {
  return name.replace(/[<>]/g, '')
}

/** Parses hours, minutes and seconds, such as `3` or `-2:30`, into seconds. */
function parseSeconds(text: string): number {
  const [hours = 0, minutes = 0, rest = 0] = text.replace(/^[+-]/, '').split(':').map(Number)
  return (text.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60 + rest)
}

/** Returns the start of a rule's day, in seconds since 1970 in local time. */
function dayOf(rule: string, year: number): number {
  if (rule.startsWith('M')) {
    const [month = 1, week = 1, weekday = 0] = rule.slice(1).split('.').map(Number)
    return weekdayOf(year, month, week, weekday)
  }
  const first = Date.UTC(year, 0, 1) / 1000
  if (!rule.startsWith('J')) return first + Number(rule) * DAY
  // Julian days do not count 29 February.
  const day = Number(rule.slice(1)) - 1
  const isLeap = new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29
  return first + (isLeap && day >= 59 ? day + 1 : day) * DAY
}

/** Returns the start of the n-th weekday of a month, in seconds since 1970. Weeks count from 1; week 5 is the last. */
function weekdayOf(year: number, month: number, week: number, weekday: number): number {
  const first = new Date(Date.UTC(year, month - 1, 1))
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  let day = 1 + ((weekday - first.getUTCDay() + 7) % 7) + (week - 1) * 7
  if (day > days) day -= 7
  return Date.UTC(year, month - 1, day) / 1000
}
