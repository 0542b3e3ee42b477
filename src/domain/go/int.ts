import { goQuote } from './quote.ts'

/**
 * Parses an integer in Go's syntax: decimal, `0x`, `0o`, `0b`, a leading 0 for octal, `_` between digits
 * (`strconv.ParseInt(text, 0, 64)`). Numbers beyond 2^53 lose precision.
 * @throws Error with the reason as pflag words it
 */
export function parseGoInt(text: string): number {
  const invalidInt = (reason: string) => new Error(`strconv.ParseInt: parsing ${goQuote(text)}: ${reason}`)
  const magnitude = parseMagnitude(text.replace(/^[+-]/, ''))
  if (magnitude === undefined) throw invalidInt('invalid syntax')
  const signed = text.startsWith('-') ? -magnitude : magnitude
  if (BigInt.asIntN(64, signed) !== signed) throw invalidInt('value out of range')
  return Number(signed)
}

/**
 * Parses an integer from 0 to `2^bits - 1` in the same syntax, without a sign (`strconv.ParseUint(text, 0, bits)`).
 * @throws Error with the reason as pflag words it
 */
export function parseGoUint(text: string, bits: 16 | 32 | 64): number {
  const invalidInt = (reason: string) => new Error(`strconv.ParseUint: parsing ${goQuote(text)}: ${reason}`)
  const magnitude = parseMagnitude(text)
  if (magnitude === undefined) throw invalidInt('invalid syntax')
  if (magnitude >= 1n << BigInt(bits)) throw invalidInt('value out of range')
  return Number(magnitude)
}

function parseMagnitude(text: string): bigint | undefined {
  if (!/^(0[xX]_?[\da-fA-F]+(_[\da-fA-F]+)*|0[bB]_?[01]+(_[01]+)*|0[oO]_?[0-7]+(_[0-7]+)*|\d+(_\d+)*)$/.test(text))
    return
  const plain = text.replaceAll('_', '')
  if (!/^0\d/.test(plain)) return BigInt(plain)
  return /[89]/.test(plain) ? undefined : BigInt(`0o${plain.slice(1)}`)
}
