/** Parses the literals of templates: numbers, characters and strings. */
import { fromBytes, toBytes } from '../../domain/go/bytes.ts'

/** The value of a number or character literal. */
interface NumberLiteral {
  /** The value as an integer; undefined when it is not one. */
  readonly integer: bigint | undefined
  readonly float: number
  /** The imaginary part of a complex literal, whose real part is `float`; undefined for other literals. */
  readonly imaginary?: number
}

const INTEGER =
  /^(?:0[xX]_?[\da-fA-F]+(?:_[\da-fA-F]+)*|0[oO]_?[0-7]+(?:_[0-7]+)*|0[bB]_?[01]+(?:_[01]+)*|0(?:_?[0-7])*|[1-9]\d*(?:_\d+)*)$/
const FLOAT = /^(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+)?$/

/** Parses a number or character literal. Returns Go's error message as a string if it is invalid. */
export function parseNumber(text: string): NumberLiteral | string {
  if (text.startsWith("'")) {
    const value = unquote(text)
    if (value === '' || (value === undefined && text[1] === '\\')) return 'invalid syntax'
    if (value === undefined || [...value].length !== 1) return `malformed character constant: ${text}`
    const code = value.codePointAt(0) ?? 0
    return { integer: BigInt(code), float: code }
  }
  if (text.endsWith('i')) return parseComplex(text)
  const isNegative = text.startsWith('-')
  const digits = text.replace(/^[+-]/, '')
  if (INTEGER.test(digits)) {
    const magnitude = BigInt(digits.replaceAll('_', '').replace(/^0(?=[0-7])/, '0o'))
    const integer = isNegative ? -magnitude : magnitude
    if (integer >= -(2n ** 63n) && integer < 2n ** 64n) return { integer, float: Number(integer) }
    return `integer overflow: "${text}"`
  }
  const float = parseHexFloat(digits) ?? (FLOAT.test(digits) ? Number(digits.replaceAll('_', '')) : Number.NaN)
  if (Number.isFinite(float) && !/[.eEpP]/.test(digits)) return `integer overflow: "${text}"`
  if (!Number.isFinite(float)) return `illegal number syntax: "${text}"`
  const value = isNegative ? -float : float
  return { integer: Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? BigInt(value) : undefined, float: value }
}

/** Parses a complex literal: `2i`, `1+2i`. */
function parseComplex(text: string): NumberLiteral | string {
  const parts = /^([+-]?[^+-]+(?:[eEpP][+-]?\d+)?)??([+-]?[^+-]+(?:[eEpP][+-]?\d+)?)i$/.exec(text)
  const [, real = '0', imaginary = ''] = parts ?? []
  const [realValue, imaginaryValue] = [real, imaginary].map(parseNumber)
  if (typeof realValue !== 'object' || typeof imaginaryValue !== 'object') return `illegal number syntax: "${text}"`
  return { integer: undefined, float: realValue.float, imaginary: imaginaryValue.float }
}

function parseHexFloat(digits: string): number | undefined {
  const match = /^0[xX]([\da-fA-F_]*)\.?([\da-fA-F_]*)[pP]([+-]?\d+)$/.exec(digits)
  if (match === null) return
  const [whole = '', fraction = '', exponent = ''] = match.slice(1).map((part) => part.replaceAll('_', ''))
  return Number.parseInt(whole + fraction, 16) * 2 ** (Number(exponent) - 4 * fraction.length)
}

const SIMPLE: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  "'": 39,
  '"': 34,
}
/** Text without quotes, backslashes and characters that need more than one byte. */
const PLAIN = /^[ !#-&(-[\]-~]*$/
const ESCAPE = /\\(?:([abfnrtv\\'"])|x([\da-fA-F]{2})|([0-7]{3})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/y

/**
 * Returns the value of a Go string or character literal (strconv.Unquote); undefined when an escape sequence is invalid.
 * Bytes such as `\xff` that are not valid UTF-8 are kept (see `src/domain/go/bytes.ts`).
 */
export function unquote(literal: string): string | undefined {
  const quote = literal[0]
  const body = literal.slice(1, -1)
  if (quote === '`') return body.replaceAll('\r', '')
  if (PLAIN.test(body)) return body
  const bytes: number[] = []
  for (let position = 0; position < body.length; ) {
    if (body[position] !== '\\') {
      const code = body.codePointAt(position) ?? 0
      bytes.push(...toBytes(String.fromCodePoint(code)))
      position += code > 0xffff ? 2 : 1
      continue
    }
    ESCAPE.lastIndex = position
    const match = ESCAPE.exec(body)
    const value = match === null ? undefined : escapedBytes(match, quote)
    if (match === null || value === undefined) return
    bytes.push(...value)
    position += match[0].length
  }
  return fromBytes(Uint8Array.from(bytes))
}

function escapedBytes([, simple, hex, octal, short, long]: RegExpExecArray, quote = ''): Iterable<number> | undefined {
  if (simple !== undefined) {
    if ((simple === '"' || simple === "'") && simple !== quote) return
    return [SIMPLE[simple] ?? 0]
  }
  if (hex !== undefined) return [Number.parseInt(hex, 16)]
  if (octal !== undefined) return Number.parseInt(octal, 8) > 255 ? undefined : [Number.parseInt(octal, 8)]
  const code = Number.parseInt(short ?? long ?? '', 16)
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return
  return toBytes(String.fromCodePoint(code))
}
