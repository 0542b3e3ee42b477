import { goQuote } from './quote.ts'

/**
 * A 64-bit integer of Go: a number where that is exact, and a bigint from 2^53 on. Requests contain its digits
 * (`src/engine/transport/exact-json.ts`).
 */
export type Int64 = number | bigint

const MASK = (1n << 64n) - 1n

/** Returns an integer as a number if that is exact. */
export function toInt64(value: bigint): Int64 {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** Adds to a uint64, which starts again at 0. */
export function addUint64(value: Int64, increment: bigint): Int64 {
  return toInt64(BigInt.asUintN(64, BigInt(value) + increment))
}

/** Returns the int64 of the low 64 bits, with the sign of the value (`big.Int.Int64`). */
export function wrapInt64(value: bigint): Int64 {
  const low = BigInt.asIntN(64, (value < 0n ? -value : value) & MASK)
  return toInt64(BigInt.asIntN(64, value < 0n ? -low : low))
}

/**
 * Parses an integer in Go's syntax: decimal, `0x`, `0o`, `0b`, a leading 0 for octal, `_` between digits
 * (`strconv.ParseInt(text, 0, 64)`).
 * @throws Error with the reason as pflag words it
 */
export function parseGoInt(text: string): Int64 {
  const invalidInt = (reason: string) => new Error(`strconv.ParseInt: parsing ${goQuote(text)}: ${reason}`)
  const magnitude = parseMagnitude(text.replace(/^[+-]/, ''))
  if (magnitude === undefined) throw invalidInt('invalid syntax')
  const signed = text.startsWith('-') ? -magnitude : magnitude
  if (BigInt.asIntN(64, signed) !== signed) throw invalidInt('value out of range')
  return toInt64(signed)
}

/**
 * Parses an integer from 0 to `2^bits - 1` in the same syntax, without a sign (`strconv.ParseUint(text, 0, bits)`).
 * @throws Error with the reason as pflag words it
 */
export function parseGoUint(text: string, bits: 16 | 32 | 64): Int64 {
  const invalidInt = (reason: string) => new Error(`strconv.ParseUint: parsing ${goQuote(text)}: ${reason}`)
  const magnitude = parseMagnitude(text)
  if (magnitude === undefined) throw invalidInt('invalid syntax')
  if (magnitude >= 1n << BigInt(bits)) throw invalidInt('value out of range')
  return toInt64(magnitude)
}

function parseMagnitude(text: string): bigint | undefined {
  if (!/^(0[xX]_?[\da-fA-F]+(_[\da-fA-F]+)*|0[bB]_?[01]+(_[01]+)*|0[oO]_?[0-7]+(_[0-7]+)*|\d+(_\d+)*)$/.test(text))
    return
  const plain = text.replaceAll('_', '')
  if (!/^0\d/.test(plain)) return BigInt(plain)
  return /[89]/.test(plain) ? undefined : BigInt(`0o${plain.slice(1)}`)
}

/**
 * Parses a decimal integer (`strconv.ParseInt(text, 10, 64)`, or `strconv.ParseUint` without a sign).
 * @returns the integer, or Go's reason
 */
export function parseDecimalInt(
  text: string,
  kind: 'int64' | 'uint64',
): Int64 | 'invalid syntax' | 'value out of range' {
  if (!(kind === 'int64' ? /^[+-]?\d+$/ : /^\d+$/).test(text)) return 'invalid syntax'
  const value = BigInt(text.replace(/^\+/, ''))
  const fitting = kind === 'int64' ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value)
  return fitting === value ? toInt64(value) : 'value out of range'
}
