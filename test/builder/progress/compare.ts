import type { Screens } from './golden.ts'

/** How many seconds the times of two runs may differ: a little more than the time between two drawings. */
const CLOCK_DIFFERENCE = 0.25

/** One of two errors that docker prints after Ctrl-C, depending on which of its requests ends first. */
const INTERRUPTED = 'failed to run Build function: Canceled'

/** Removes what differs between runs: times, and the order of the warnings. */
export function comparableText(text: string): string {
  return sortedWarnings(relativeTimes(text)).replace(/^time="[^"]*"/gm, 'time=""')
}

/** Replaces the times of JSON events by microseconds since the first one. Times of the daemon's clock stay. */
function relativeTimes(text: string): string {
  const first = /"started":"((?!2026-01-02)[^"]*)"/.exec(text)?.[1]
  return text.replace(/(?<=":)"(\d{4}-\d\d-\d\dT[^"]*Z)"/g, (quoted: string, time: string) =>
    time.startsWith('2026-01-02') || first === undefined ? quoted : String((nanos(time) - nanos(first)) / 1000n),
  )
}

/** Converts RFC 3339 to nanoseconds since 1970. */
function nanos(time: string): bigint {
  const fraction = /\.(\d+)Z/.exec(time)?.[1] ?? ''
  return BigInt(Date.parse(time.replace(/\.\d+/, ''))) * 1_000_000n + BigInt(fraction.padEnd(9, '0'))
}

function sortedWarnings(text: string): string {
  const [before, ...warnings] = text.replace(':\n\x1b[0m - ', ':\n\x1b[0m\n - ').split(/^(?= - )/m)
  return [before, ...warnings.sort()].join('')
}

/**
 * Replaces times in our rows by those of the expected rows when they are nearly the same.
 * @param difference the largest difference in seconds
 */
export function withTimesOf(
  ours: readonly string[],
  theirs: readonly string[],
  difference = CLOCK_DIFFERENCE,
): string[] {
  return ours.map((row, index) => {
    const times = [...(theirs[index] ?? '').matchAll(/\d+\.\d(?=s)/g)].map(([time]) => time)
    return row.replace(/\d+\.\d(?=s)/g, (time) => {
      const other = times.shift() ?? time
      const isNear = other.length === time.length && Math.abs(Number(other) - Number(time)) <= difference
      return isNear ? other : time
    })
  })
}

/** Returns the last screen with one of the two errors that docker may print after an interruption. */
export function settledEnd({ end }: Screens): string[] {
  return end.map((row) => row.replace(INTERRUPTED, 'failed to solve: Canceled'))
}
