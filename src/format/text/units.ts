/** Sizes and durations for people, as docker's package go-units formats them. */
import { exponential } from '../../domain/go/decimal.ts'

const DECIMAL = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB']
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']

/**
 * Formats bytes in powers of 1000: `1.23MB` (go-units HumanSizeWithPrecision).
 * @param digits the significant digits: 3 in lists, 4 in progress
 */
export function humanSize(bytes: number, digits: 3 | 4 = 3): string {
  return scaled(bytes, 1000, DECIMAL, digits)
}

/** Formats bytes in powers of 1024 with 4 significant digits: `1.953GiB` (go-units BytesSize). */
export function bytesSize(bytes: number): string {
  return scaled(bytes, 1024, BINARY, 4)
}

/** Formats a number as Go's `%.<digits>g` does: rounded half to even, without trailing zeros, or as `1e+03`. */
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
  // Small integers need no rounding. They are frequent: most containers have written nothing.
  return (Number.isInteger(size) && size >= 0 && size < 1000 ? String(size) : significant(size, digits)) + names[unit]
}

/** Formats as `toPrecision` does, but rounds half to even. */
function roundedHalfEven(value: number, digits: number): string {
  const up = value.toPrecision(digits)
  // The slow rounding differs only if the digits that are dropped are exactly one half, which is rare.
  const oneMore = value.toExponential(digits)
  if (!oneMore.includes('5e') || Number(oneMore) !== value) return up
  return Number(exponential(value, digits - 1)).toPrecision(digits)
}

const MINUTE = 60
const HOUR = 60 * MINUTE

/** Go's longest duration in seconds, about 292 years. Longer times are printed as this one. */
const MAX_DURATION = 9_223_372_036

/** Formats seconds for people: `About a minute`, `3 days` (go-units HumanDuration). */
export function humanDuration(seconds: number): string {
  const span = Math.min(seconds, MAX_DURATION)
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
 * Formats the time since `unixSeconds`: `3 days ago`.
 * @param now milliseconds since 1970
 */
export function ago(unixSeconds: number, now: number): string {
  return `${humanDuration(now / 1000 - unixSeconds)} ago`
}
