import type { Zone, ZoneMoment } from './gotime.ts'

const NAME = '(<[^>]+>|[A-Za-z]{3,})'
const OFFSET = '([+-]?\\d{1,3}(?::\\d\\d(?::\\d\\d)?)?)'
const RULE = '(M\\d+\\.\\d\\.\\d|J?\\d+)(?:/([+-]?\\d{1,3}(?::\\d\\d(?::\\d\\d)?)?))?'
const ZONE = new RegExp(`^${NAME}${OFFSET}(?:${NAME}${OFFSET}?,${RULE},${RULE})?$`)
const DAY = 86_400

/** The zone of a POSIX TZ rule such as `CET-1CEST,M3.5.0,M10.5.0/3`; undefined for text that is none. */
export function posixZone(rule: string): Zone | undefined {
  const match = ZONE.exec(rule)
  if (match === null) return
  const [, standardName = '', standardOffset = '', summerName, summerOffset, startDay, startTime, endDay, endTime] =
    match
  // POSIX counts offsets west of Greenwich.
  const standard: ZoneMoment = { offset: -seconds(standardOffset), name: bare(standardName) }
  if (summerName === undefined) return () => standard
  const offset = summerOffset === undefined ? standard.offset + 3600 : -seconds(summerOffset)
  const summer: ZoneMoment = { offset, name: bare(summerName) }
  return (unixSeconds) => {
    const year = new Date((unixSeconds + standard.offset) * 1000).getUTCFullYear()
    const start = dayOf(startDay ?? '', year) + seconds(startTime ?? '2') - standard.offset
    const end = dayOf(endDay ?? '', year) + seconds(endTime ?? '2') - summer.offset
    const isSummer = start < end ? unixSeconds >= start && unixSeconds < end : unixSeconds >= start || unixSeconds < end
    return isSummer ? summer : standard
  }
}

function bare(name: string): string {
  return name.replace(/[<>]/g, '')
}

/** `3`, `-2:30`: hours, minutes and seconds. */
function seconds(text: string): number {
  const [hours = 0, minutes = 0, rest = 0] = text.replace(/^[+-]/, '').split(':').map(Number)
  return (text.startsWith('-') ? -1 : 1) * (hours * 3600 + minutes * 60 + rest)
}

/** The beginning of a rule's day, in seconds since 1970 on the zone's own clocks. */
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

/** The n-th weekday of a month, from 1; week 5 is the last. */
function weekdayOf(year: number, month: number, week: number, weekday: number): number {
  const first = new Date(Date.UTC(year, month - 1, 1))
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  let day = 1 + ((weekday - first.getUTCDay() + 7) % 7) + (week - 1) * 7
  if (day > days) day -= 7
  return Date.UTC(year, month - 1, day) / 1000
}
