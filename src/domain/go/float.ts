import { goQuote } from './quote.ts'

/**
 * Parses a number as Go's `strconv.ParseFloat(text, 32)` does: decimal or hexadecimal, `inf` and `nan`.
 * @returns the number with the shortest decimal form of the float32, so that 0.1 stays 0.1
 * @throws Error with the reason as pflag words it
 */
export function parseGoFloat32(text: string): number {
  const invalidFloat = (reason: string) => new Error(`strconv.ParseFloat: parsing ${goQuote(text)}: ${reason}`)
  const parsed = parseSpecial(text) ?? parseDecimal(text) ?? parseHexadecimal(text)
  if (parsed === undefined) throw invalidFloat('invalid syntax')
  const rounded = Math.fround(parsed)
  if (!Number.isFinite(rounded) && parseSpecial(text) === undefined) throw invalidFloat('value out of range')
  return shortest(rounded)
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

function shortest(value: number): number {
  for (let digits = 1; digits < 10; digits++) {
    const shorter = Number(value.toPrecision(digits))
    if (Math.fround(shorter) === value) return shorter
  }
  return value
}
