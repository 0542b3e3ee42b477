// Scalars of YAML as Go's yaml.v3 resolves them: YAML 1.2 with the integers, octal numbers and dates of YAML 1.1.
import { parseGoFloat } from '../go/float.ts'
import { type Instant, parseInstant, utcSeconds } from '../go/instant.ts'
import { type Int64, parseDecimalInt, parseGoInt, parseGoUint, toInt64 } from '../go/int.ts'
import { YamlFloat, YamlTime, type YamlValue } from './value.ts'

/** The words that stand for a value. */
const WORDS: ReadonlyMap<string, YamlValue> = new Map<string, YamlValue>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word): [string, YamlValue] => [word, null]),
  ...['true', 'True', 'TRUE'].map((word): [string, YamlValue] => [word, true]),
  ...['false', 'False', 'FALSE'].map((word): [string, YamlValue] => [word, false]),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, YamlValue] => [word, new YamlFloat(Number.NaN)]),
  ...['.inf', '.Inf', '.INF'].flatMap((word): [string, YamlValue][] => [
    [word, new YamlFloat(Number.POSITIVE_INFINITY)],
    [`+${word}`, new YamlFloat(Number.POSITIVE_INFINITY)],
    [`-${word}`, new YamlFloat(Number.NEGATIVE_INFINITY)],
  ]),
])

const FLOAT = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/
const DATE = /^(\d{4})-(\d\d?)-(\d\d?)$/
const TIME =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)| (\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?)$/

/** Resolves a plain scalar to its value (yaml.v3 `resolve`). */
export function resolvePlain(text: string): YamlValue {
  const word = WORDS.get(text)
  if (word !== undefined) return word
  if (text.startsWith('.')) return tryNumber(() => new YamlFloat(parseGoFloat(text))) ?? text
  if (!/^[-+\d]/.test(text)) return text
  const instant = parseTimestamp(text)
  return instant ? new YamlTime(instant) : (parseNumber(text.replaceAll('_', '')) ?? text)
}

function parseNumber(text: string): YamlValue | undefined {
  const integer = tryNumber(() => parseGoInt(text)) ?? tryNumber(() => parseGoUint(text, 64))
  if (integer !== undefined) return integer
  const float = FLOAT.test(text) ? tryNumber(() => parseGoFloat(text)) : undefined
  if (float !== undefined) return new YamlFloat(float)
  // parseGoInt reads unsigned binary and octal numbers with their prefixes; what remains has a second sign.
  const [, sign = '', base = '', digits = ''] = /^(-?)0([bo])(.*)$/.exec(text) ?? []
  return base === '' ? undefined : parseInBase(`${sign}${digits}`, base === 'b' ? 2n : 8n)
}

/** Parses an integer with an optional sign (`strconv.ParseInt` with a base). */
function parseInBase(text: string, base: bigint): Int64 | undefined {
  const pattern = base === 2n ? /^[+-]?[01]+$/ : /^[+-]?[0-7]+$/
  if (!pattern.test(text)) return undefined
  const magnitude = BigInt(`${base === 2n ? '0b' : '0o'}${text.replace(/^[+-]/, '')}`)
  const value = text.startsWith('-') ? -magnitude : magnitude
  return BigInt.asIntN(64, value) === value ? toInt64(value) : undefined
}

function tryNumber<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch {
    return undefined
  }
}

/** Parses the four forms of a timestamp that yaml.v3 knows. */
function parseTimestamp(text: string): Instant | undefined {
  const [, year = '', month = '', day = '', ...clock] = TIME.exec(text) ?? DATE.exec(text) ?? []
  if (year === '') return undefined
  const [hour = '0', minute = '0', second = '0', fraction = ''] = clock[0] === undefined ? clock.slice(5) : clock
  const zone = clock[4] ?? 'Z'
  const two = (digits: string) => digits.padStart(2, '0')
  if (!isDate(Number(year), Number(month), Number(day))) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const time = `${two(hour)}:${two(minute)}:${two(second)}${fraction === '' ? '' : `.${fraction}`}`
  const instant = parseInstant(`${year}-${two(month)}-${two(day)}T${time}${zone}`)
  return instant?.offset === 0 ? { ...instant, zone: 'UTC' } : instant
}

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(utcSeconds(year, month - 1, day) * 1000)
  return month >= 1 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

const BASE60 = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/
const OLD_BOOLEAN = /^(?:[yYnN]|yes|Yes|YES|on|On|ON|no|No|NO|off|Off|OFF)$/

/**
 * Whether a string would be read as another type if it were written without quotes. This includes what only YAML 1.1 reads
 * as another type: `yes`, and `1:20` as a number to the base 60.
 */
export function needsQuotes(text: string): boolean {
  return typeof resolvePlain(text) !== 'string' || BASE60.test(text) || OLD_BOOLEAN.test(text)
}

/** Parses an integer as Go's `strconv.Atoi` does. @throws Error with Go's message */
export function parseAtoi(text: string, quoted: string): Int64 {
  const parsed = parseDecimalInt(text, 'int64')
  if (typeof parsed === 'string') throw new Error(`strconv.Atoi: parsing ${quoted}: ${parsed}`)
  return parsed
}
