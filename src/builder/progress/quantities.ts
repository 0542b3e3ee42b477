import { fixed } from '../../domain/go/decimal.ts'
import type { VertexStatus } from './build-status.ts'

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB']

/** How far a part is: `1.05MB / 3.10MB`, `1.05MB` where the whole is not known, empty where nothing is. */
export function amountText({ current, total }: Pick<VertexStatus, 'current' | 'total'>): string {
  if (total !== 0) return `${byteSize(current)} / ${byteSize(total)}`
  return current === 0 ? '' : byteSize(current)
}

/** Bytes with two digits behind the point, in powers of 1000; less than 1000 of them without. */
function byteSize(bytes: number): string {
  let unit = 0
  let base = 1
  while (Math.abs(bytes) >= base * 1000 && unit < UNITS.length - 1) {
    base *= 1000
    unit++
  }
  return unit === 0 ? `${bytes}B` : `${fixed(bytes / base, 2)}${UNITS[unit]}`
}

/** When a step ran. It may run more than once, and it may still be running. */
export interface Interval {
  /** Nanoseconds since 1970. */
  readonly start: bigint
  readonly stop: bigint | undefined
}

const NANOS = 1_000_000_000n

/** Nanoseconds as seconds, as Go's `Duration.Seconds` rounds them. */
export function seconds(nanos: bigint): number {
  return Number(nanos / NANOS) + Number(nanos % NANOS) / 1e9
}

/** A time of one digit behind the point: `12.3s`. */
export function secondsText(value: number): string {
  return `${fixed(value, 1)}s`
}

/** Nanoseconds since 1970. */
export function nanosOf(date: Date): bigint {
  return BigInt(date.getTime()) * 1_000_000n
}

/**
 * The seconds of all intervals.
 * @param now nanoseconds since 1970, where an interval that goes on is counted to
 */
export function totalSeconds(intervals: readonly Interval[], now: bigint): number {
  return intervals.reduce((sum, { start, stop = now }) => sum + seconds(stop - start), 0)
}

/** Joins intervals that overlap; one without an end takes in all that start after it. */
export function mergeIntervals(intervals: Iterable<Interval>): Interval[] {
  const sorted = [...intervals].sort((a, b) => compare(a.start, b.start))
  const merged: Interval[] = []
  let current: Interval | undefined
  for (const next of sorted) {
    if (current === undefined) {
      current = next
    } else if (current.stop === undefined) {
      break
    } else if (current.stop < next.start) {
      merged.push(current)
      current = next
    } else if (next.stop === undefined || current.stop < next.stop) {
      current = { start: current.start, stop: next.stop }
    }
  }
  return current === undefined ? [] : [...merged, current]
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
