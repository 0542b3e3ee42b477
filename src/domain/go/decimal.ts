/**
 * JavaScript's number formats with Go's rounding: a value exactly between two neighbours is rounded to the even one, not away
 * from zero.
 */

/** The most digits that JavaScript's functions accept. Zeros follow. */
const MAX_DIGITS = 100

/** Does what `value.toExponential(digits)` does, rounding half to even. */
export function exponential(value: number, digits: number): string {
  if (digits > MAX_DIGITS) {
    const [exact = '', exponent = ''] = value.toExponential(MAX_DIGITS).split('e')
    return `${exact}${'0'.repeat(digits - MAX_DIGITS)}e${exponent}`
  }
  const rounded = value.toExponential(digits)
  const [exact = '', exponent = ''] = value.toExponential(100).split('e')
  const even = evenNeighbour(exact, digits)
  return even === undefined ? rounded : `${even}e${exponent}`
}

/** Does what `value.toFixed(digits)` does, rounding half to even, with all digits of large numbers. */
export function fixed(value: number, digits: number): string {
  if (Math.abs(value) >= 1e21) return `${BigInt(value)}${digits === 0 ? '' : `.${'0'.repeat(digits)}`}`
  if (digits > MAX_DIGITS) return value.toFixed(MAX_DIGITS) + '0'.repeat(digits - MAX_DIGITS)
  return evenNeighbour(value.toFixed(100), digits) ?? value.toFixed(digits)
}

/** Returns the number truncated to the digits, if the rest is exactly one half and the last digit is even. */
function evenNeighbour(exact: string, digits: number): string | undefined {
  const cut = exact.indexOf('.') + 1 + digits
  if (!/^50*$/.test(exact.slice(cut))) return
  const truncated = exact.slice(0, cut).replace(/\.$/, '')
  return Number(truncated.at(-1)) % 2 === 0 ? truncated : undefined
}

/** Formats a float as Go's `%v` does: with the fewest digits, and with an exponent from 1e+06 on and below 1e-04. */
export function shortestFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (Object.is(value, -0)) return '-0'
  const [mantissa = '', exponent = ''] = value.toExponential().split('e')
  const power = Number(exponent)
  if (value === 0 || (power >= -4 && power < 6)) return String(value)
  return `${mantissa}e${exponent.slice(0, 1)}${exponent.slice(1).padStart(2, '0')}`
}
