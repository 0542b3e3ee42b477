/** Numbers and strings as the verbs of Go's fmt.Printf print them. */
import { toBytes } from '../../domain/go/bytes.ts'
import { exponential, fixed, shortestFloat } from '../../domain/go/decimal.ts'
import { goQuote } from '../../domain/go/quote.ts'

/** Matches surrogates, where the number of UTF-16 units differs from the number of characters. */
const PAIRED = /[\ud800-\udfff]/

/** The flags, width and precision of a directive such as `%-20s`. */
export interface Flags {
  readonly sharp: boolean
  readonly zero: boolean
  readonly plus: boolean
  /** `%#v`, which prints values in Go's syntax. */
  readonly goSyntax: boolean
  /** `%+v`, which prints the names of struct fields. */
  readonly fieldNames: boolean
  readonly minus: boolean
  readonly space: boolean
  readonly width?: number | undefined
  readonly precision?: number | undefined
}

/** Formats an integer by a verb. Returns undefined if the verb does not apply. */
export function formatInteger(value: bigint, verb: string, flags: Flags, isUnsigned: boolean): string | undefined {
  switch (verb) {
    case 'v':
      return flags.goSyntax && isUnsigned ? digitsInBase(value, 16, '0x', flags) : digitsInBase(value, 10, '', flags)
    case 'd':
      return digitsInBase(value, 10, '', flags)
    case 'b':
      return digitsInBase(value, 2, flags.sharp ? '0b' : '', flags)
    case 'o':
      return digitsInBase(value, 8, flags.sharp ? '0' : '', flags)
    case 'O':
      return digitsInBase(value, 8, '0o', flags)
    case 'x':
      return digitsInBase(value, 16, flags.sharp ? '0x' : '', flags)
    case 'X':
      return digitsInBase(value, 16, flags.sharp ? '0X' : '', flags, true)
    case 'c':
      return pad(character(value), flags)
    case 'q':
      return pad(`'${goQuote(character(value)).slice(1, -1).replace('\\"', '"').replace(/^'$/, "\\'")}'`, flags)
    case 'U': {
      const hex = value.toString(16).toUpperCase().padStart(4, '0')
      return pad(flags.sharp ? `U+${hex} '${character(value)}'` : `U+${hex}`, flags)
    }
    default:
      return
  }
}

function character(code: bigint): string {
  const isValid = code >= 0n && code <= 0x10ffffn && !(code >= 0xd800n && code < 0xe000n)
  return String.fromCodePoint(isValid ? Number(code) : 0xfffd)
}

function digitsInBase(value: bigint, base: number, prefix: string, flags: Flags, isUpper = false): string {
  const { precision, width, zero, minus } = flags
  const sign = signOf(value < 0n, flags)
  let digits = (value < 0n ? -value : value).toString(base)
  if (isUpper) digits = digits.toUpperCase()
  if (precision === 0 && value === 0n) return ' '.repeat(width ?? 0)
  const minDigits = precision ?? (zero && !minus && width !== undefined ? width - sign.length : 0)
  digits = digits.padStart(minDigits, '0')
  return pad(sign + (prefix === '0' && digits.startsWith('0') ? '' : prefix) + digits, { ...flags, zero: false })
}

/** Formats a float by a verb. Returns undefined if the verb does not apply. */
export function formatFloat(value: number, verb: string, flags: Flags): string | undefined {
  const { precision } = flags
  let digits: string
  switch (verb) {
    case 'v':
    case 'g':
    case 'G':
      digits = precision === undefined ? shortestFloat(Math.abs(value)) : formatGeneral(Math.abs(value), precision)
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
      digits = formatHexFloat(Math.abs(value), precision)
      break
    case 'b':
      digits = formatBinaryFloat(Math.abs(value))
      break
    default:
      return
  }
  if ('GEX'.includes(verb)) digits = digits.toUpperCase()
  if (flags.sharp && verb !== 'b') digits = keepZeros(digits, 'vgGx'.includes(verb) ? (precision ?? 6) : 0)
  const sign = signOf(value < 0 || Object.is(value, -0), flags)
  const { zero, minus, width = 0 } = flags
  return pad(sign + (zero && !minus ? digits.padStart(width - sign.length, '0') : digits), { ...flags, zero: false })
}

/** Applies `#` to a float: keeps the decimal point and adds zeros up to a number of significant digits. */
function keepZeros(text: string, significant: number): string {
  const [, mantissa, exponent = ''] = /^(0X[\dA-F.]+|[\d.]+)(.*)$/i.exec(text) ?? []
  if (mantissa === undefined) return text
  const digits = mantissa.replace('.', '').replace(/^0+/, '').length + (mantissa === '0' ? 1 : 0)
  const point = mantissa.includes('.') ? '' : '.'
  return mantissa + point + '0'.repeat(Math.max(0, significant - digits)) + exponent
}

function formatGeneral(value: number, precision: number): string {
  const digits = precision || 1
  const exponent = value === 0 ? 0 : Number(exponential(value, digits - 1).split('e')[1])
  if (exponent < -4 || exponent >= digits) {
    const [mantissa = '', power = ''] = exponential(value, digits - 1).split('e')
    return twoDigitExponent(`${trimZeros(mantissa)}e${power}`)
  }
  return trimZeros(fixed(value, Math.max(0, digits - 1 - exponent)))
}

function trimZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
}

function twoDigitExponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2')
}

/** Formats a string by a verb. Returns undefined if the verb does not apply. */
export function formatString(value: string, verb: string, flags: Flags): string | undefined {
  const cut = flags.precision === undefined ? value : [...value].slice(0, flags.precision).join('')
  switch (verb) {
    case 'v':
      return pad(flags.goSyntax ? goQuote(value) : cut, flags)
    case 's':
      return pad(cut, flags)
    case 'q':
      if (flags.sharp && !/[`\p{Cc}\ufeff]/u.test(cut.replaceAll('\t', ''))) return pad(`\`${cut}\``, flags)
      return pad(flags.plus ? quoteAscii(cut) : goQuote(cut), flags)
    case 'x':
    case 'X':
      return pad(formatHexString(value, verb, flags), flags)
    default:
      return
  }
}

function quoteAscii(value: string): string {
  return goQuote(value).replace(/[^\0-\x7f]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

function formatHexString(value: string, verb: string, { precision, space, sharp }: Flags): string {
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

/** Pads text to the width, which counts characters. Zeros are added on the left only. */
export function pad(value: string, { width, minus, zero }: Flags): string {
  if (width === undefined) return value
  const missing = width - (PAIRED.test(value) ? [...value].length : value.length)
  if (missing <= 0) return value
  return minus ? value + ' '.repeat(missing) : (zero ? '0' : ' ').repeat(missing) + value
}

const FRACTION_BITS = 52n
const FRACTION_DIGITS = 13
const IMPLICIT = 1n << FRACTION_BITS

/** Splits a float without sign into a mantissa and an exponent of 2, both integers. */
function splitFloat(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const all = bits.getBigUint64(0)
  const fraction = all & (IMPLICIT - 1n)
  const biased = Number(all >> FRACTION_BITS)
  const mantissa = biased === 0 ? fraction : fraction | IMPLICIT
  return { mantissa, exponent: Math.max(biased, 1) - 1023 - Number(FRACTION_BITS) }
}

/** Formats a float without sign as Go's `%b` does: `6755399441055744p-52`. */
function formatBinaryFloat(value: number): string {
  const { mantissa, exponent } = splitFloat(value)
  return `${mantissa}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`
}

/**
 * Formats a float without sign as Go's `%x` does, rounded half to even: `0x1.8p+00`.
 * @param precision the digits after the point; as many as needed if undefined
 */
function formatHexFloat(value: number, precision: number | undefined): string {
  let { mantissa, exponent } = splitFloat(value)
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
  const powerText = `${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  return `0x${text.slice(0, 1)}${fraction === '' ? '' : `.${fraction}`}p${powerText}`
}
