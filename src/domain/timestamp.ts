import { parseDuration } from './go/duration.ts'
import { goQuote } from './go/quote.ts'

const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?)?(Z|[+-]\d\d:\d\d)?$/

/**
 * Parses the value of `--since` or `--until`: a duration before now (`10m`), an RFC 3339 time that may lack the last parts
 * and is in local time without a zone, or Unix seconds.
 * @param now the time that durations are subtracted from
 * @returns Unix seconds for the daemon, with nanoseconds if a date was typed
 * @throws Error with docker's reason
 */
export function parseTimestamp(text: string, now: Date): string {
  const ago = text === '0' ? undefined : tryParseDuration(text)
  if (ago !== undefined) return String(Math.floor((now.getTime() * 1e6 - ago) / 1e9))
  const time = TIME.exec(text)
  if (time) return toUnixSeconds(time)
  if (/^-?\d+(\.\d*)?$/.test(text)) return text
  if (text.includes('-'))
    throw new Error(`parsing time ${goQuote(text)} as "2006-01-02": cannot parse ${goQuote(text)} as "2006"`)
  throw new Error(`failed to parse value as time or duration: ${goQuote(text)}`)
}

function tryParseDuration(text: string): number | undefined {
  try {
    return parseDuration(text)
  } catch {
    return undefined
  }
}

function toUnixSeconds([text, ...parts]: RegExpExecArray): string {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts
    .slice(0, 6)
    .map((part) => Number(part ?? 0))
  const fraction = (parts[6] ?? '').padEnd(9, '0').slice(0, 9)
  const zone = parts[7]
  const isInRange = month >= 1 && month <= 12 && hour < 24 && minute < 60 && second < 60
  if (!isInRange || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) {
    const what =
      month < 1 || month > 12 ? 'month' : hour > 23 ? 'hour' : minute > 59 ? 'minute' : second > 59 ? 'second' : 'day'
    throw new Error(`parsing time ${goQuote(text)}: ${what} out of range`)
  }
  const local = new Date(year, month - 1, day, hour, minute, second)
  const milliseconds =
    zone === undefined ? local.getTime() : Date.UTC(year, month - 1, day, hour, minute, second) - parseOffset(zone)
  return `${milliseconds / 1000}.${fraction}`
}

/** Parses an offset into milliseconds east of UTC. */
function parseOffset(zone: string): number {
  if (zone === 'Z') return 0
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number)
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
