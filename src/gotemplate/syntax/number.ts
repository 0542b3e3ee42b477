import { unquote } from './unquote.ts'

/** A number constant: as an integer where it is one, and as a float. */
export interface Constant {
  readonly integer: bigint | undefined
  readonly float: number
  /** Only a complex constant has one; then `float` is its real part. */
  readonly imaginary?: number
}

const INTEGER =
  /^(?:0[xX]_?[\da-fA-F]+(?:_[\da-fA-F]+)*|0[oO]_?[0-7]+(?:_[0-7]+)*|0[bB]_?[01]+(?:_[01]+)*|0(?:_?[0-7]+)*|[1-9]\d*(?:_\d+)*)$/
const FLOAT = /^(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+)?$/

/** What a number or character constant stands for, or what Go says is wrong with it. */
export function constant(text: string): Constant | string {
  if (text.startsWith("'")) {
    const value = unquote(text)
    if (value === '' || (value === undefined && text[1] === '\\')) return 'invalid syntax'
    if (value === undefined || [...value].length !== 1) return `malformed character constant: ${text}`
    const code = value.codePointAt(0) ?? 0
    return { integer: BigInt(code), float: code }
  }
  if (text.endsWith('i')) return complex(text)
  const negative = text.startsWith('-')
  const digits = text.replace(/^[+-]/, '')
  if (INTEGER.test(digits)) {
    const magnitude = BigInt(digits.replaceAll('_', '').replace(/^0(?=[0-7])/, '0o'))
    const integer = negative ? -magnitude : magnitude
    if (integer >= -(2n ** 63n) && integer < 2n ** 64n) return { integer, float: Number(integer) }
    return `integer overflow: "${text}"`
  }
  const float = hexFloat(digits) ?? (FLOAT.test(digits) ? Number(digits.replaceAll('_', '')) : Number.NaN)
  if (Number.isFinite(float) && !/[.eEpP]/.test(digits)) return `integer overflow: "${text}"`
  if (!Number.isFinite(float)) return `illegal number syntax: "${text}"`
  const value = negative ? -float : float
  return { integer: Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? BigInt(value) : undefined, float: value }
}

/** `2i`, `1+2i`. */
function complex(text: string): Constant | string {
  const parts = /^([+-]?[^+-]+(?:[eEpP][+-]?\d+)?)??([+-]?[^+-]+(?:[eEpP][+-]?\d+)?)i$/.exec(text)
  const [, real = '0', imaginary = ''] = parts ?? []
  const read = [real, imaginary].map(constant)
  const [one, other] = read
  if (typeof one !== 'object' || typeof other !== 'object') return `illegal number syntax: "${text}"`
  return { integer: undefined, float: one.float, imaginary: other.float }
}

function hexFloat(digits: string): number | undefined {
  const match = /^0[xX]([\da-fA-F_]*)\.?([\da-fA-F_]*)[pP]([+-]?\d+)$/.exec(digits)
  if (match === null) return
  const [whole = '', fraction = '', exponent = ''] = match.slice(1).map((part) => part.replaceAll('_', ''))
  return Number.parseInt(whole + fraction, 16) * 2 ** (Number(exponent) - 4 * fraction.length)
}
