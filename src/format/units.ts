import { exponential } from '../domain/go/decimal.ts'

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
