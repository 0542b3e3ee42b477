import type { Screens } from './golden.ts'

/** Clocks of two runs differ by that many seconds at most, the time between two drawings and some more. */
const CLOCK_DIFFERENCE = 0.25

/** Of two requests that Ctrl-C ends docker tells the one that ends first. */
const INTERRUPTED = 'failed to run Build function: Canceled'

/** Leaves out what differs from run to run: the time, also of the log, and the order of warnings in the list of them. */
export function comparableText(text: string): string {
  return sortedWarnings(relativeTimes(text)).replace(/^time="[^"]*"/gm, 'time=""')
}

/** Times of JSON events in microseconds since the first one; before anything begins they are the daemon's own. */
function relativeTimes(text: string): string {
  const first = /"started":"((?!2026-01-02)[^"]*)"/.exec(text)?.[1]
  return text.replace(/(?<=":)"(\d{4}-\d\d-\d\dT[^"]*Z)"/g, (quoted: string, time: string) =>
    time.startsWith('2026-01-02') || first === undefined ? quoted : String((nanos(time) - nanos(first)) / 1000n),
  )
}

/** RFC 3339 in nanoseconds since 1970. */
function nanos(time: string): bigint {
  const fraction = /\.(\d+)Z/.exec(time)?.[1] ?? ''
  return BigInt(Date.parse(time.replace(/\.\d+/, ''))) * 1_000_000n + BigInt(fraction.padEnd(9, '0'))
}

function sortedWarnings(text: string): string {
  const [before, ...warnings] = text.replace(':\n\x1b[0m - ', ':\n\x1b[0m\n - ').split(/^(?= - )/m)
  return [before, ...warnings.sort()].join('')
}

/**
 * Takes the times over that are nearly the same.
 * @param difference in seconds
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

/** The last screen, whichever of its two words for an interruption docker took. */
export function settledEnd({ end }: Screens): string[] {
  return end.map((row) => row.replace(INTERRUPTED, 'failed to solve: Canceled'))
}
