import { goQuote } from '../../domain/quote.ts'
import { exponential, fixed } from '../decimal.ts'
import { toBytes } from './bytes.ts'
import { plain, shortestFloat } from './print.ts'
import { NIL, sortedEntries, type Value } from './value.ts'

export interface Flags {
  readonly sharp: boolean
  readonly zero: boolean
  readonly plus: boolean
  readonly minus: boolean
  readonly space: boolean
  readonly width?: number | undefined
  readonly precision?: number | undefined
}

/** One value as a printf verb shows it, padded; `%!d(string=x)` where the verb does not fit. */
export function formatted(value: Value, verb: string, flags: Flags): string {
  if (verb === 'T') return padded(value.kind === 'nil' ? '<nil>' : value.type.name, flags)
  if (value.kind === 'nil') return verb === 'v' ? padded('<nil>', flags) : `%!${verb}(<nil>)`
  return shown(value, verb, flags) ?? mismatch(value, verb, flags)
}

function mismatch(value: Value, verb: string, flags: Flags): string {
  const type = value.kind === 'nil' ? '<nil>' : value.type.name
  return `%!${verb}(${type}=${formatted(value, 'v', flags)})`
}

function shown(value: Value, verb: string, flags: Flags): string | undefined {
  switch (value.kind) {
    case 'bool':
      return verb === 't' || verb === 'v' ? padded(String(value.value), flags) : undefined
    case 'int':
    case 'uint':
      return integer(value.value, verb, flags, value.kind === 'uint')
    case 'float':
      return float(value.value, verb, flags)
    case 'string':
      return text(value.value, verb, flags)
    case 'nil':
      return
    default:
      return composite(value, verb, flags)
  }
}

function integer(value: bigint, verb: string, flags: Flags, isUnsigned: boolean): string | undefined {
  switch (verb) {
    case 'v':
      if (flags.sharp && isUnsigned) return number(value, 16, '0x', flags)
      return number(value, 10, '', { ...flags, plus: false })
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

function float(value: number, verb: string, flags: Flags): string | undefined {
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
    default:
      return
  }
  if (verb === 'G' || verb === 'E') digits = digits.toUpperCase()
  const sign = signOf(value < 0 || Object.is(value, -0), { ...flags, plus: flags.plus && verb !== 'v' })
  const { zero, minus, width = 0 } = flags
  return padded(sign + (zero && !minus ? digits.padStart(width - sign.length, '0') : digits), { ...flags, zero: false })
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

function text(value: string, verb: string, flags: Flags): string | undefined {
  const cut = flags.precision === undefined ? value : [...value].slice(0, flags.precision).join('')
  switch (verb) {
    case 'v':
      return padded(flags.sharp ? goQuote(value) : cut, flags)
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

function composite(value: Value, verb: string, flags: Flags): string | undefined {
  const each = (item: Value) => formatted(item, verb, flags)
  switch (value.kind) {
    case 'interface':
      return formatted(value.inner ?? NIL, verb, flags)
    case 'slice':
      return sharp(value, verb, flags) ?? `[${(value.items ?? []).map(each).join(' ')}]`
    case 'map': {
      const pairs = sortedEntries(value.entries).map(([key, item]) => [each(keyValue(value, key)), each(item)] as const)
      return sharp(value, verb, flags) ?? `map[${pairs.map(([key, item]) => `${key}:${item}`).join(' ')}]`
    }
    case 'struct': {
      if (value.text !== undefined && /[vsxXq]/.test(verb) && !flags.sharp) return text(value.text(), verb, flags)
      const names = flags.plus && verb === 'v' ? (name: string) => `${name}:` : () => ''
      return (
        sharp(value, verb, flags) ??
        `{${[...value.fields].map(([name, field]) => names(name) + each(field)).join(' ')}}`
      )
    }
    case 'pointer': {
      if (value.target === undefined)
        return verb === 'v' ? padded('<nil>', flags) : `%!${verb}(${value.type.name}=<nil>)`
      const { kind } = value.target
      return kind === 'struct' || kind === 'map' || kind === 'slice'
        ? `&${each(value.target)}`
        : padded(plain(value, true), flags)
    }
    default:
      return verb === 'v' || verb === 'p' ? padded(plain(value, true), flags) : undefined
  }
}

/** `%#v`: Go's own syntax. */
function sharp(value: Value, verb: string, flags: Flags): string | undefined {
  if (verb !== 'v' || !flags.sharp || value.kind === 'nil') return
  const each = (item: Value): string => {
    if (item.kind === 'interface') return item.inner === undefined ? 'interface {}(nil)' : each(item.inner)
    return item.kind === 'nil' ? 'interface {}(nil)' : formatted(item, 'v', { ...flags, width: undefined })
  }
  switch (value.kind) {
    case 'slice':
      if (value.items === undefined) return `${value.type.name}(nil)`
      return `${value.type.name}{${value.items.map(each).join(', ')}}`
    case 'map': {
      if (value.entries === undefined) return `${value.type.name}(nil)`
      const pairs = sortedEntries(value.entries).map(([key, item]) => `${each(keyValue(value, key))}:${each(item)}`)
      return `${value.type.name}{${pairs.join(', ')}}`
    }
    case 'struct':
      if (value.syntax !== undefined) return value.syntax()
      return `${value.type.name}{${[...value.fields].map(([name, field]) => `${name}:${each(field)}`).join(', ')}}`
    default:
      return
  }
}

function keyValue({ type }: Extract<Value, { kind: 'map' }>, key: string): Value {
  return { kind: 'string', type: type.key ?? type, value: key }
}

function signOf(isNegative: boolean, { plus, space }: Flags): string {
  return isNegative ? '-' : plus ? '+' : space ? ' ' : ''
}

/** Width counts characters; zeros pad on the left only. */
function padded(value: string, { width, minus, zero }: Flags): string {
  const missing = (width ?? 0) - [...value].length
  if (missing <= 0) return value
  return minus ? value + ' '.repeat(missing) : (zero ? '0' : ' ').repeat(missing) + value
}
