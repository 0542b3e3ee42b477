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

/** `toPrecision`, but a value exactly between two neighbours goes to the even one, as in Go. */
function roundedHalfEven(value: number, digits: number): string {
  const up = value.toPrecision(digits)
  const oneMore = value.toExponential(digits)
  if (!/5e/.test(oneMore) || Number(oneMore) !== value) return up
  // Doubles of these magnitudes have fewer than 100 significant digits, so this expansion is exact.
  const [mantissa = '', exponent = ''] = value.toExponential(99).split('e')
  const isTie = /^-?\d\.\d*?50*$/.test(mantissa) && mantissa.replace(/0+$/, '').replace('-', '').length === digits + 2
  if (!isTie) return up
  const kept = mantissa.replace(/50*$/, '')
  return Number(kept.at(-1)) % 2 === 1 ? up : Number(`${kept}e${exponent}`).toPrecision(digits)
}
