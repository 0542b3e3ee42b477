/** A moment as Go's time.Time has it, with the offset of its time zone. */
export interface Instant {
  /** Whole seconds since 1970. */
  readonly seconds: number
  /** 0 to 999,999,999, in addition to the seconds. */
  readonly nanoseconds: number
  /** Seconds east of Greenwich. */
  readonly offset: number
  /** `UTC`; empty for an offset without a name. */
  readonly zone: string
}

/** Unix seconds of Go's zero time, the start of year 1. */
const ZERO_SECONDS = -62_135_596_800

export const ZERO_INSTANT: Instant = { seconds: ZERO_SECONDS, nanoseconds: 0, offset: 0, zone: 'UTC' }

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/

/** Parses an RFC 3339 time; undefined for other text. */
export function parseInstant(text: string): Instant | undefined {
  const match = RFC3339.exec(text)
  if (match === null) return
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number)
  const zone = match[8] ?? 'Z'
  const offset = zone === 'Z' ? 0 : offsetOf(zone)
  const nanoseconds = Number((match[7] ?? '').padEnd(9, '0').slice(0, 9))
  return {
    seconds: utcSeconds(year, month - 1, day, hour, minute, second) - offset,
    nanoseconds,
    offset,
    zone: zone === 'Z' ? 'UTC' : '',
  }
}

/** Returns the Unix seconds of a date in UTC. Months count from 0; values out of range carry over. */
export function utcSeconds(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  const date = new Date(0)
  // Unlike Date.UTC, this does not add 1900 to years before 100.
  date.setUTCFullYear(year, month, day)
  date.setUTCHours(hour, minute, second)
  return date.getTime() / 1000
}

function offsetOf(zone: string): number {
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number)
  return (zone.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60)
}

/** Returns a date whose UTC fields are the local time at the instant's offset. */
export function clockOf({ seconds, offset }: Instant): Date {
  return new Date((seconds + offset) * 1000)
}

/** Returns the day of the year, from 1. */
export function yearDay(instant: Instant): number {
  const clock = clockOf(instant)
  return Math.floor((clock.getTime() / 1000 - utcSeconds(clock.getUTCFullYear(), 0, 1)) / 86_400) + 1
}

/** Formats a time as Go writes it to JSON: RFC 3339 without trailing zeros in the fraction. */
export function instantJson(instant: Instant): string {
  return formatInstant(instant, '2006-01-02T15:04:05.999999999Z07:00')
}

/** Formats a time as Go prints it: `2006-01-02 15:04:05.999 +0000 UTC`. */
export function instantText(instant: Instant): string {
  return formatInstant(instant, '2006-01-02 15:04:05.999999999 -0700 MST')
}

/** The elements of a layout that stand for parts of the time; Go looks for the longest first. */
const PIECE =
  /January|Jan|Monday|Mon|MST|2006|__2|002|01|02|03|04|05|06|15|_2|PM|pm|Z070000|Z07:00:00|Z0700|Z07:00|Z07|-070000|-07:00:00|-0700|-07:00|-07|[.,](?:0+|9+)(?!\d)|1|2|3|4|5/g

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/** Formats a time in one of Go's layouts, which are examples: how 2 January 2006, 15:04:05 would be written. */
export function formatInstant(instant: Instant, layout: string): string {
  const clock = clockOf(instant)
  return layout.replace(PIECE, (piece, at: number) => {
    // `Jan` and `Mon` within a longer word, such as `Month`, are text.
    if ((piece === 'Jan' || piece === 'Mon') && /[a-z]/.test(layout[at + 3] ?? '')) return piece
    return formatPart(piece, instant, clock)
  })
}

function formatPart(piece: string, instant: Instant, clock: Date): string {
  const hours = clock.getUTCHours()
  switch (piece) {
    case 'January':
      return MONTHS[clock.getUTCMonth()] ?? ''
    case 'Jan':
      return (MONTHS[clock.getUTCMonth()] ?? '').slice(0, 3)
    case '01':
    case '1':
      return pad(clock.getUTCMonth() + 1, piece.length)
    case 'Monday':
      return WEEKDAYS[clock.getUTCDay()] ?? ''
    case 'Mon':
      return (WEEKDAYS[clock.getUTCDay()] ?? '').slice(0, 3)
    case '02':
    case '2':
      return pad(clock.getUTCDate(), piece.length)
    case '_2':
      return pad(clock.getUTCDate(), 2, ' ')
    case '__2':
      return pad(yearDay(instant), 3, ' ')
    case '002':
      return pad(yearDay(instant), 3)
    case '2006':
      return pad(clock.getUTCFullYear(), 4)
    case '06':
      return pad(clock.getUTCFullYear() % 100, 2)
    case '15':
      return pad(hours, 2)
    case '03':
    case '3':
      return pad(hours % 12 || 12, piece.length)
    case '04':
    case '4':
      return pad(clock.getUTCMinutes(), piece.length)
    case '05':
    case '5':
      return pad(clock.getUTCSeconds(), piece.length)
    case 'PM':
      return hours >= 12 ? 'PM' : 'AM'
    case 'pm':
      return hours >= 12 ? 'pm' : 'am'
    case 'MST':
      return instant.zone || formatOffset(instant.offset, '-0700')
    default:
      return /^[.,]/.test(piece) ? formatFraction(piece, instant) : formatOffset(instant.offset, piece)
  }
}

function formatFraction(piece: string, { nanoseconds }: Instant): string {
  const digits = pad(nanoseconds, 9).slice(0, piece.length - 1)
  const trimmed = piece[1] === '9' ? digits.replace(/0+$/, '') : digits
  return trimmed === '' ? '' : (piece[0] ?? '') + trimmed
}

function formatOffset(offset: number, piece: string): string {
  if (piece.startsWith('Z') && offset === 0) return 'Z'
  const all = Math.abs(offset)
  const separator = piece.includes(':') ? ':' : ''
  const parts = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60]
  const count = piece.slice(1).replaceAll(':', '').length / 2
  return (
    (offset < 0 ? '-' : '+') +
    parts
      .slice(0, count)
      .map((value) => pad(value, 2))
      .join(separator)
  )
}

function pad(value: number, width: number, filler = '0'): string {
  return String(value).padStart(width, filler)
}
