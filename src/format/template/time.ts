const UNITS: readonly (readonly [bigint, string])[] = [
  [3_600_000_000_000n, 'h'],
  [60_000_000_000n, 'm'],
]

/** A Go duration as it prints: `1m30s`, `1.5s`, `300ms`, `0s`. */
export function goDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  let rest = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (rest < 1_000n) return `${sign}${rest}ns`
  if (rest < 1_000_000n) return `${sign}${fraction(rest, 3)}µs`
  if (rest < 1_000_000_000n) return `${sign}${fraction(rest, 6)}ms`
  let text = sign
  for (const [size, unit] of UNITS) {
    if (nanoseconds >= size || -nanoseconds >= size) text += `${rest / size}${unit}`
    rest %= size
  }
  return `${text}${fraction(rest, 9)}s`
}

/** A whole number of units and their decimal fraction, without zeros at the end. */
function fraction(value: bigint, digits: number): string {
  const text = String(value).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`.replace(/\.?0*$/, '')
}

/** Go's zero time, as JSON has it. */
export const ZERO_TIME = '0001-01-01T00:00:00Z'

/** An RFC 3339 time as Go writes it to JSON: without zeros at the end of its fraction. */
export function goTimeJson(json: string): string {
  return json.replace(/\.\d+/, (part) => part.replace(/\.?0+$/, ''))
}

/** An RFC 3339 time as Go prints a time: `2006-01-02 15:04:05.999 +0000 UTC`. */
export function goTimeText(json: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(json)
  if (match === null) return json
  const [, date, time, part = '', zone = 'Z'] = match
  const nanoseconds = part.replace(/\.?0*$/, '')
  const offset = zone.replace(':', '')
  return `${date} ${time}${nanoseconds} ${zone === 'Z' ? '+0000 UTC' : `${offset} ${offset}`}`
}
