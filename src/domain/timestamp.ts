import { parseDuration } from './go/duration.ts'
import type { Zone } from './go/gotime.ts'
import { parseDecimalInt } from './go/int.ts'
import { parseGoTime } from './go/parse-time.ts'
import { goQuote } from './go/quote.ts'

/** What a time depends on besides its text. */
export interface Clock {
  /** The time that durations are subtracted from. */
  readonly now: Date
  /** Returns the zone of times without one; called only for these. */
  readonly zone: () => Zone
}

/**
 * Parses the value of `--since` or `--until`: a duration before now (`10m`), an RFC 3339 time that may lack the last parts
 * and is in local time without a zone, or Unix seconds (moby api/types/time.GetTimestamp). docker gives a local time the
 * offset of today, this the offset of its own date.
 * @returns Unix seconds for the daemon, with nanoseconds if a date was typed
 * @throws Error with docker's reason
 */
export function parseTimestamp(text: string, { now, zone }: Clock): string {
  const ago = text === '0' ? undefined : tryParseDuration(text)
  if (ago !== undefined) return String(floorSeconds(BigInt(now.getTime()) * 1_000_000n - ago))
  const isLocal = !(/[zZ+]/.test(text) || text.split('-').length === 4)
  try {
    const { utcSeconds, nanoseconds, offset } = parseGoTime(layoutOf(text, isLocal), text)
    const seconds = offset === undefined ? toUtc(utcSeconds, zone()) : utcSeconds - offset
    return `${seconds}.${String(nanoseconds).padStart(9, '0')}`
  } catch (error) {
    if (text.includes('-')) throw error
    if (!isUnixTime(text)) throw new Error(`failed to parse value as time or duration: ${goQuote(text)}`)
    return text
  }
}

function tryParseDuration(text: string): bigint | undefined {
  try {
    return BigInt(parseDuration(text))
  } catch {
    return undefined
  }
}

function floorSeconds(nanoseconds: bigint): bigint {
  const seconds = nanoseconds / 1_000_000_000n
  return nanoseconds % 1_000_000_000n < 0n ? seconds - 1n : seconds
}

/** Returns the layout that a text probably has. */
function layoutOf(text: string, isLocal: boolean): string {
  const zone = isLocal ? '' : 'Z07:00'
  if (text.includes('.')) return `2006-01-02T15:04:05.999999999${zone}`
  if (!text.includes('T')) return `2006-01-02${zone}`
  const colons = text.split(':').length - 1
  const isOffset = !isLocal && !/[zZ]/.test(text)
  const parts = isOffset && colons > 0 ? colons - 1 : colons
  return `2006-01-02T15${parts === 0 ? '' : parts === 1 ? ':04' : ':04:05'}${zone}`
}

/** Returns the Unix time of a local time. As in Go, a time that clocks skip or repeat has the offset before the change. */
function toUtc(localSeconds: number, zone: Zone): number {
  const guess = localSeconds - zone(localSeconds).offset
  return localSeconds - zone(guess).offset
}

/** Whether a text is Unix seconds, which may have a fraction. */
function isUnixTime(text: string): boolean {
  const point = text.indexOf('.')
  const parts = point < 0 ? [text] : [text.slice(0, point), text.slice(point + 1)]
  return parts.every((part) => typeof parseDecimalInt(part, 'int64') !== 'string')
}
