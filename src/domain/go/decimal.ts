/**
 * JavaScript's number formats, but a value exactly between two neighbours goes to the even one, as in Go (and not away
 * from zero).
 */

/** `value.toExponential(digits)`, half to even. */
export function exponential(value: number, digits: number): string {
  const rounded = value.toExponential(digits)
  const [exact = '', exponent = ''] = value.toExponential(100).split('e')
  const even = evenNeighbour(exact, digits)
  return even === undefined ? rounded : `${even}e${exponent}`
}

/** `value.toFixed(digits)`, half to even, with all digits of large numbers. */
export function fixed(value: number, digits: number): string {
  if (Math.abs(value) >= 1e21) return `${BigInt(value)}${digits === 0 ? '' : `.${'0'.repeat(digits)}`}`
  return evenNeighbour(value.toFixed(100), digits) ?? value.toFixed(digits)
}

/** The digits cut behind the point, if what is cut is exactly one half and the last digit kept is even. */
function evenNeighbour(exact: string, digits: number): string | undefined {
  const cut = exact.indexOf('.') + 1 + digits
  if (!/^50*$/.test(exact.slice(cut))) return
  const kept = exact.slice(0, cut).replace(/\.$/, '')
  return Number(kept.at(-1)) % 2 === 0 ? kept : undefined
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
