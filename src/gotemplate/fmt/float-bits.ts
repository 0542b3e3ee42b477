const FRACTION_BITS = 52n
const FRACTION_DIGITS = 13
const IMPLICIT = 1n << FRACTION_BITS

/** A float of no sign as mantissa × 2^exponent, both whole. */
function parts(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const all = bits.getBigUint64(0)
  const fraction = all & (IMPLICIT - 1n)
  const biased = Number(all >> FRACTION_BITS)
  const mantissa = biased === 0 ? fraction : fraction | IMPLICIT
  return { mantissa, exponent: Math.max(biased, 1) - 1023 - Number(FRACTION_BITS) }
}

/** Go's `%b` of a float of no sign: `6755399441055744p-52`. */
export function binaryFloat(value: number): string {
  const { mantissa, exponent } = parts(value)
  return `${mantissa}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
}

/** Go's `%x` of a float of no sign, rounded to even: `0x1.8p+00`. Without a precision, as many digits as it needs. */
export function hexFloat(value: number, precision: number | undefined): string {
  let { mantissa, exponent } = parts(value)
  if (mantissa === 0n) exponent = -Number(FRACTION_BITS)
  else {
    for (; mantissa < IMPLICIT; mantissa <<= 1n) exponent--
  }
  const digits = Math.min(precision ?? FRACTION_DIGITS, FRACTION_DIGITS)
  const dropped = BigInt((FRACTION_DIGITS - digits) * 4)
  const rest = mantissa & ((1n << dropped) - 1n)
  mantissa >>= dropped
  const half = dropped === 0n ? 1n : 1n << (dropped - 1n)
  if (rest > half || (rest === half && mantissa % 2n === 1n)) mantissa++
  if (mantissa >> BigInt(digits * 4) === 2n) {
    mantissa >>= 1n
    exponent++
  }
  const text = mantissa.toString(16).padStart(digits + 1, '0')
  const fraction = precision === undefined ? text.slice(1).replace(/0+$/, '') : text.slice(1).padEnd(precision, '0')
  const power = exponent + Number(FRACTION_BITS)
  const shownPower = `${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  return `0x${text.slice(0, 1)}${fraction === '' ? '' : `.${fraction}`}p${shownPower}`
}
