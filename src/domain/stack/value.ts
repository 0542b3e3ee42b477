// The values of a YAML document as Go's yaml.v3 decodes them.
import { shortestFloat } from '../go/decimal.ts'
import { type Instant, instantJson, instantText } from '../go/instant.ts'
import type { Int64 } from '../go/int.ts'
import { goQuote } from '../go/quote.ts'

/** A float64, which Go prints differently from an integer of the same value. */
export class YamlFloat {
  readonly value: number

  constructor(value: number) {
    this.value = value
  }
}

/** A date or a time, such as `2001-12-14`. */
export class YamlTime {
  readonly instant: Instant

  constructor(instant: Instant) {
    this.instant = instant
  }
}

/** A mapping with keys that are not strings. docker cannot use it, but reports it only when it validates the file. */
export class NonStringMap {}

export type YamlMap = Map<string, YamlValue>

export type YamlValue =
  | null
  | boolean
  | string
  | Int64
  | YamlFloat
  | YamlTime
  | NonStringMap
  | readonly YamlValue[]
  | YamlMap

/** Whether a value is an integer of Go. */
export function isInteger(value: YamlValue | undefined): value is Int64 {
  return typeof value === 'number' || typeof value === 'bigint'
}

/** Whether a value is a sequence. `Array.isArray` does not narrow a readonly array. */
export function isSequence(value: YamlValue | undefined): value is readonly YamlValue[] {
  return Array.isArray(value)
}

/** Returns a member of a mapping that is a mapping itself; undefined for anything else. */
export function mapIn(map: YamlMap, key: string): YamlMap | undefined {
  const member = map.get(key)
  return member instanceof Map ? member : undefined
}

/** Formats a value as Go's `fmt.Sprint` does. */
export function printValue(value: YamlValue): string {
  if (value === null) return '<nil>'
  if (isSequence(value)) return `[${value.map(printValue).join(' ')}]`
  if (value instanceof Map) {
    const entries = [...value].map(([key, member]) => `${key}:${printValue(member)}`)
    return `map[${entries.sort().join(' ')}]`
  }
  if (value instanceof YamlFloat) return shortestFloat(value.value)
  if (value instanceof YamlTime) return instantText(value.instant)
  return String(value)
}

/** Formats a value as Go's verb `%#v` does. */
export function printGoSyntax(value: YamlValue): string {
  if (typeof value === 'string') return goQuote(value)
  if (isSequence(value)) return `[]interface {}{${value.map(printGoSyntax).join(', ')}}`
  if (!(value instanceof Map)) return printValue(value)
  const entries = [...value].map(([key, member]) => `${goQuote(key)}:${printGoSyntax(member)}`)
  return `map[string]interface {}{${entries.sort().join(', ')}}`
}

/** Formats a time as Go writes it to JSON and YAML. */
export function printTime({ instant }: YamlTime): string {
  return instantJson(instant)
}

/** Returns the name of a value's type in Go, which docker's messages contain. */
export function goType(value: YamlValue): string {
  if (value === null) return '<nil>'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number') return 'int'
  if (typeof value === 'bigint') return BigInt.asIntN(64, value) === value ? 'int' : 'uint64'
  if (value instanceof YamlFloat) return 'float64'
  if (value instanceof YamlTime) return 'time.Time'
  return isSequence(value) ? '[]interface {}' : 'map[string]interface {}'
}
