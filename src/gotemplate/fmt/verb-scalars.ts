import { exponential, fixed } from '../../domain/go/decimal.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { toBytes } from '../values/bytes.ts'
import { binaryFloat, hexFloat } from './float-bits.ts'
import { shortestFloat } from './print.ts'

/** Halves of characters that take two units. */
const PAIRED = /[\ud800-\udfff]/

/** What stands between a verb and its percent sign. */
export interface Flags {
  readonly sharp: boolean
  readonly zero: boolean
  readonly plus: boolean
  /** `%#v`, which shows values in Go's syntax. */
  readonly syntax: boolean
  /** `%+v`, which names the fields of structs. */
  readonly names: boolean
  readonly minus: boolean
  readonly space: boolean
  readonly width?: number | undefined
  readonly precision?: number | undefined
}

/** An integer by a verb; undefined where the verb does not fit. */
export function integer(value: bigint, verb: string, flags: Flags, isUnsigned: boolean): string | undefined {
  switch (verb) {
    case 'v':
      return flags.syntax && isUnsigned ? number(value, 16, '0x', flags) : number(value, 10, '', flags)
    case 'd':
      return number(value, 10, '', flags)
    case 'b':
      return number(value, 2, flags.sharp ? '0b' : '', flags)
    case 'o':
      return number(value, 8, flags.sharp ? '0' : '', flags)
    case 'O':
      return number(value, 8, '0o', flags)
    case 'x':
      return number(value, 16, flags.sharp ? '0x' : '', flags)
    case 'X':
      return number(value, 16, flags.sharp ? '0X' : '', flags, true)
    case 'c':
      return padded(character(value), flags)
    case 'q':
      return padded(`'${goQuote(character(value)).slice(1, -1).replace('\\"', '"').replace(/^'$/, "\\'")}'`, flags)
    case 'U': {
      const hex = value.toString(16).toUpperCase().padStart(4, '0')
      return padded(flags.sharp ? `U+${hex} '${character(value)}'` : `U+${hex}`, flags)
    }
    default:
      return
  }
}

function character(code: bigint): string {
  const isValid = code >= 0n && code <= 0x10ffffn && !(code >= 0xd800n && code < 0xe000n)
  return String.fromCodePoint(isValid ? Number(code) : 0xfffd)
}

function number(value: bigint, base: number, prefix: string, flags: Flags, isUpper = false): string {
  const { precision, width, zero, minus } = flags
  const sign = signOf(value < 0n, flags)
  let digits = (value < 0n ? -value : value).toString(base)
  if (isUpper) digits = digits.toUpperCase()
  if (precision === 0 && value === 0n) return ' '.repeat(width ?? 0)
  const wanted = precision ?? (zero && !minus && width !== undefined ? width - sign.length : 0)
  digits = digits.padStart(wanted, '0')
  return padded(sign + (prefix === '0' && digits.startsWith('0') ? '' : prefix) + digits, { ...flags, zero: false })
}

/** A float by a verb; undefined where the verb does not fit. */
export function float(value: number, verb: string, flags: Flags): string | undefined {
  const { precision } = flags
  let digits: string
  switch (verb) {
    case 'v':
    case 'g':
    case 'G':
      digits = precision === undefined ? shortestFloat(Math.abs(value)) : general(Math.abs(value), precision)
      break
    case 'e':
    case 'E':
      digits = twoDigitExponent(exponential(Math.abs(value), precision ?? 6))
      break
    case 'f':
    case 'F':
      digits = fixed(Math.abs(value), precision ?? 6)
      break
    case 'x':
    case 'X':
      digits = hexFloat(Math.abs(value), precision)
      break
    case 'b':
      digits = binaryFloat(Math.abs(value))
      break
    default:
      return
  }
  if ('GEX'.includes(verb)) digits = digits.toUpperCase()
  if (flags.sharp && verb !== 'b') digits = sharpened(digits, 'vgGx'.includes(verb) ? (precision ?? 6) : 0)
  const sign = signOf(value < 0 || Object.is(value, -0), flags)
  const { zero, minus, width = 0 } = flags
  return padded(sign + (zero && !minus ? digits.padStart(width - sign.length, '0') : digits), { ...flags, zero: false })
}

/** `#` keeps the point of a float, and zeros behind it up to so many significant digits. */
function sharpened(text: string, significant: number): string {
  const [, mantissa, exponent = ''] = /^(0X[\dA-F.]+|[\d.]+)(.*)$/i.exec(text) ?? []
  if (mantissa === undefined) return text
  const shown = mantissa.replace('.', '').replace(/^0+/, '').length + (mantissa === '0' ? 1 : 0)
  const point = mantissa.includes('.') ? '' : '.'
  return mantissa + point + '0'.repeat(Math.max(0, significant - shown)) + exponent
}

function general(value: number, precision: number): string {
  const digits = precision || 1
  const exponent = value === 0 ? 0 : Number(exponential(value, digits - 1).split('e')[1])
  if (exponent < -4 || exponent >= digits) {
    const [mantissa = '', power = ''] = exponential(value, digits - 1).split('e')
    return twoDigitExponent(`${trimmed(mantissa)}e${power}`)
  }
  return trimmed(fixed(value, Math.max(0, digits - 1 - exponent)))
}

function trimmed(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
}

function twoDigitExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2')
}

/** Text by a verb; undefined where the verb does not fit. */
export function text(value: string, verb: string, flags: Flags): string | undefined {
  const cut = flags.precision === undefined ? value : [...value].slice(0, flags.precision).join('')
  switch (verb) {
    case 'v':
      return padded(flags.syntax ? goQuote(value) : cut, flags)
    case 's':
      return padded(cut, flags)
    case 'q':
      if (flags.sharp && !/[`\p{Cc}\ufeff]/u.test(cut.replaceAll('\t', ''))) return padded(`\`${cut}\``, flags)
      return padded(flags.plus ? asciiQuoted(cut) : goQuote(cut), flags)
    case 'x':
    case 'X':
      return padded(hex(value, verb, flags), flags)
    default:
      return
  }
}

function asciiQuoted(value: string): string {
  return goQuote(value).replace(/[^\0-\x7f]/gu, (found) => {
    const code = found.codePointAt(0) ?? 0
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

function hex(value: string, verb: string, { precision, space, sharp }: Flags): string {
  const bytes = [...toBytes(value)].slice(0, precision)
  const pairs = bytes.map((byte) => byte.toString(16).padStart(2, '0'))
  const prefix = sharp ? '0x' : ''
  const digits =
    pairs.length === 0 ? '' : space ? pairs.map((pair) => prefix + pair).join(' ') : prefix + pairs.join('')
  return verb === 'X' ? digits.toUpperCase() : digits
}

function signOf(isNegative: boolean, { plus, space }: Flags): string {
  return isNegative ? '-' : plus ? '+' : space ? ' ' : ''
}

/** Width counts characters; zeros pad on the left only. */
export function padded(value: string, { width, minus, zero }: Flags): string {
  if (width === undefined) return value
  const missing = width - (PAIRED.test(value) ? [...value].length : value.length)
  if (missing <= 0) return value
  return minus ? value + ' '.repeat(missing) : (zero ? '0' : ' ').repeat(missing) + value
}
