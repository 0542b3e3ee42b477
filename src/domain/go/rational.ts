/** A fraction that is not reduced. The denominator is positive. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** Go's limits for exponents, beyond which `big.Rat` refuses the text. */
const FIVES_LIMIT = 1_000_000n
const TWOS_LIMIT = 10_000_000n

/**
 * Parses a rational number in Go's syntax, `big.Rat.SetString`: `3/2`, `1.5`, `15e-1`, `0x1.8p1`, `1_000`. A decimal
 * mantissa may have a binary exponent, `3p-1`.
 * @returns undefined for invalid text
 */
export function parseRational(text: string): Rational | undefined {
  const slash = text.indexOf('/')
  if (slash < 0) return parseFraction(text)
  const numerator = parseWhole(text.slice(0, slash).replace(/^[+-]/, ''))
  const denominator = parseWhole(text.slice(slash + 1))
  if (numerator === undefined || !denominator) return undefined
  return { numerator: text.startsWith('-') ? -numerator : numerator, denominator }
}

/** The digits of each base, with underscores where Go allows them. */
const WHOLE = /^(?:0[xX](?:_?[\da-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0(?:_?[0-7])*|[1-9](?:_?\d)*)$/

function parseWhole(text: string): bigint | undefined {
  if (!WHOLE.test(text)) return undefined
  const plain = text.replaceAll('_', '')
  return BigInt(/^0\d/.test(plain) ? `0o${plain.slice(1)}` : plain)
}

/** The prefix of each base, with the number of bits of a digit; those of a decimal digit do not matter. */
const BASES = [
  { prefix: '0x', digit: '[\\da-f]', bits: 4n },
  { prefix: '0o', digit: '[0-7]', bits: 3n },
  { prefix: '0b', digit: '[01]', bits: 1n },
  { prefix: '', digit: '\\d', bits: 0n },
] as const

function parseFraction(typed: string): Rational | undefined {
  const text = typed.toLowerCase()
  const unsigned = text.replace(/^[+-]/, '')
  const base = BASES.find(({ prefix }) => unsigned.startsWith(prefix))
  if (base === undefined) return undefined
  const run = `${base.digit}+(?:_${base.digit}+)*`
  const first = base.prefix === '' ? run : `_?${run}`
  const match = new RegExp(`^(${first})?(?:\\.(${run})?)?(?:([ep])([+-]?\\d+(?:_\\d+)*))?$`).exec(
    unsigned.slice(base.prefix.length),
  )
  const whole = (match?.[1] ?? '').replaceAll('_', '')
  const fraction = (match?.[2] ?? '').replaceAll('_', '')
  if (!match || whole + fraction === '') return undefined
  const magnitude = BigInt(base.prefix + whole + fraction)
  if (magnitude === 0n) return { numerator: 0n, denominator: 1n }
  const exponent = BigInt((match[4] ?? '0').replaceAll('_', '').replace(/^\+/, ''))
  const places = BigInt(fraction.length)
  const isDecimal = base.prefix === ''
  const fives = (isDecimal ? -places : 0n) + (match[3] === 'e' ? exponent : 0n)
  const twos = (isDecimal ? -places : -places * base.bits) + exponent
  if (absolute(fives) > FIVES_LIMIT || absolute(twos) > TWOS_LIMIT) return undefined
  const numerator = magnitude * 5n ** positive(fives) * 2n ** positive(twos)
  const denominator = 5n ** positive(-fives) * 2n ** positive(-twos)
  return { numerator: text.startsWith('-') ? -numerator : numerator, denominator }
}

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value
}

function positive(value: bigint): bigint {
  return value > 0n ? value : 0n
}
