import { goQuote } from './quote.ts'

/**
 * Parses a number as Go's `strconv.ParseFloat(text, 64)` does: decimal or hexadecimal, with `_` between digits, `inf` and
 * `nan`.
 * @throws Error with Go's reason
 */
export function parseGoFloat(text: string): number {
  const parsed = parseNumber(text)
  if (parsed === undefined) throw invalidFloat(text, 'invalid syntax')
  if (!Number.isFinite(parsed) && parseSpecial(text) === undefined) throw invalidFloat(text, 'value out of range')
  return parsed
}

/**
 * Parses a number as Go's `strconv.ParseFloat(text, 32)` does: decimal or hexadecimal, `inf` and `nan`.
 * @returns the number with the shortest decimal form of the float32, so that 0.1 stays 0.1
 * @throws Error with the reason as pflag words it
 */
export function parseGoFloat32(text: string): number {
  const parsed = parseNumber(text)
  if (parsed === undefined) throw invalidFloat(text, 'invalid syntax')
  const rounded = Math.fround(parsed)
  if (!Number.isFinite(rounded) && parseSpecial(text) === undefined) throw invalidFloat(text, 'value out of range')
  return shortestFloat32(rounded)
}

function invalidFloat(text: string, reason: string): Error {
  return new Error(`strconv.ParseFloat: parsing ${goQuote(text)}: ${reason}`)
}

/** Undefined for text that is not a number. */
function parseNumber(text: string): number | undefined {
  const special = parseSpecial(text)
  if (special !== undefined || !hasValidUnderscores(text)) return special
  const plain = text.replaceAll('_', '')
  return parseDecimal(plain) ?? parseHexadecimal(plain)
}

/** Whether every underscore stands between two digits, or between the prefix `0x` and a digit. */
function hasValidUnderscores(text: string): boolean {
  const isHexadecimal = /^[+-]?0x/i.test(text)
  const digits = isHexadecimal ? text.replace(/^([+-]?0)x/i, '$10') : text
  return !(isHexadecimal ? /(?<![\da-f])_|_(?![\da-f])/i : /(?<!\d)_|_(?!\d)/).test(digits)
}

function parseSpecial(text: string): number | undefined {
  if (/^nan$/i.test(text)) return Number.NaN
  if (!/^[+-]?inf(inity)?$/i.test(text)) return undefined
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

function parseDecimal(text: string): number | undefined {
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined
}

function parseHexadecimal(text: string): number | undefined {
  const match = /^([+-]?)0[xX]([\da-fA-F]*)\.?([\da-fA-F]*)[pP]([+-]?\d+)$/.exec(text)
  if (!match) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  if (whole + fraction === '') return undefined
  const magnitude = Number.parseInt(whole + fraction, 16) * 2 ** (Number(exponent) - 4 * fraction.length)
  return sign === '-' ? -magnitude : magnitude
}

/** Returns a number with the shortest decimal form of the float32 that is nearest to it. */
export function shortestFloat32(number: number): number {
  const value = Math.fround(number)
  for (let digits = 1; digits < 10; digits++) {
    const shorter = Number(value.toPrecision(digits))
    if (Math.fround(shorter) === value) return shorter
  }
  return value
}
