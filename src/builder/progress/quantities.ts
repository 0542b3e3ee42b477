import { fixed } from '../../domain/go/decimal.ts'
import type { VertexStatus } from './build-status.ts'

/** Formats amounts and times for the displays. */

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB']

/** Formats the progress of a part: `1.05MB / 3.10MB`, `1.05MB` without a known total, or empty when both are 0. */
export function formatAmount({ current, total }: Pick<VertexStatus, 'current' | 'total'>): string {
  if (total !== 0) return `${byteSize(current)} / ${byteSize(total)}`
  return current === 0 ? '' : byteSize(current)
}

/** Formats bytes in powers of 1000 with two decimals; less than 1000 bytes have none. */
function byteSize(bytes: number): string {
  let unit = 0
  let base = 1
  while (Math.abs(bytes) >= base * 1000 && unit < UNITS.length - 1) {
    base *= 1000
    unit++
  }
  return unit === 0 ? `${bytes}B` : `${fixed(bytes / base, 2)}${UNITS[unit]}`
}

/** The time during which a step ran. A step may run more than once, and may still be running. */
export interface Interval {
  /** Nanoseconds since 1970. */
  readonly start: bigint
  readonly stop: bigint | undefined
}

const NANOS = 1_000_000_000n

/** Converts nanoseconds to seconds with the rounding of Go's `Duration.Seconds`. */
export function seconds(nanos: bigint): number {
  return Number(nanos / NANOS) + Number(nanos % NANOS) / 1e9
}

/** Formats seconds with one decimal: `12.3s`. */
export function formatSeconds(value: number): string {
  return `${fixed(value, 1)}s`
}

/** Converts a date to nanoseconds since 1970. */
export function toNanoseconds(date: Date): bigint {
  return BigInt(date.getTime()) * 1_000_000n
}

/**
 * Adds up the seconds of all intervals.
 * @param now the end of an interval that has not ended, in nanoseconds since 1970
 */
export function sumSeconds(intervals: readonly Interval[], now: bigint): number {
  return intervals.reduce((sum, { start, stop = now }) => sum + seconds(stop - start), 0)
}

/** Merges overlapping intervals. One without an end absorbs all that start after it. */
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
