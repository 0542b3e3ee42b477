import { exponential } from '../../domain/go/decimal.ts'

const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB']
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']

/**
 * A size for people, in powers of 1000: `1.23MB` (go-units HumanSizeWithPrecision). Lists show 3 significant digits,
 * progress shows 4.
 */
export function humanSize(bytes: number, digits: 3 | 4 = 3): string {
  return scaled(bytes, 1000, DECIMAL, digits)
}

/** A size for people, in powers of 1024 and with 4 significant digits: `1.953GiB` (go-units BytesSize). */
export function bytesSize(bytes: number): string {
  return scaled(bytes, 1024, BINARY, 4)
}

/** Go's `%.<digits>g`: rounded half to even, without trailing zeros, `1e+03` where the digits do not reach. */
export function significant(value: number, digits: number): string {
  const [mantissa = '', exponent] = roundedHalfEven(value, digits).split('e')
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  if (exponent === undefined) return short
  return `${short}e${exponent.startsWith('-') ? '-' : '+'}${exponent.slice(1).padStart(2, '0')}`
}

function scaled(bytes: number, base: number, names: readonly string[], digits: number): string {
  let size = bytes
  let unit = 0
  while (size >= base && unit < names.length - 1) {
    size /= base
    unit++
  }
  // Whole numbers that fit need no rounding; most containers wrote nothing, most sizes of small files are bytes.
  return (Number.isInteger(size) && size >= 0 && size < 1000 ? String(size) : significant(size, digits)) + names[unit]
}

/** `toPrecision`, half to even. */
function roundedHalfEven(value: number, digits: number): string {
  const up = value.toPrecision(digits)
  // Few values have a 5 behind their last digit and nothing after it; only for them the slow way makes a difference.
  const oneMore = value.toExponential(digits)
  if (!oneMore.includes('5e') || Number(oneMore) !== value) return up
  return Number(exponential(value, digits - 1)).toPrecision(digits)
}

const MINUTE = 60
const HOUR = 60 * MINUTE

/** Go's longest duration, about 292 years: longer times count as this. */
const LONGEST = 9_223_372_036

/** Seconds for people: `About a minute`, `3 days` (go-units HumanDuration). */
export function humanDuration(seconds: number): string {
  const span = Math.min(seconds, LONGEST)
  const whole = Math.trunc(span)
  if (whole < 1) return 'Less than a second'
  if (whole === 1) return '1 second'
  if (whole < MINUTE) return `${whole} seconds`
  const minutes = Math.trunc(span / MINUTE)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  const hours = Math.trunc(span / HOUR + 0.5)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  if (hours < 24 * 7 * 2) return `${Math.trunc(hours / 24)} days`
  if (hours < 24 * 30 * 2) return `${Math.trunc(hours / 24 / 7)} weeks`
  if (hours < 24 * 365 * 2) return `${Math.trunc(hours / 24 / 30)} months`
  return `${Math.trunc(Math.trunc(span / HOUR) / 24 / 365)} years`
}

/**
 * How long ago `unixSeconds` was: `3 days ago`.
 * @param now milliseconds since 1970, as `Date.now()` counts
 */
export function ago(unixSeconds: number, now: number): string {
  return `${humanDuration(now / 1000 - unixSeconds)} ago`
}
