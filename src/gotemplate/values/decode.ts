import { parseInstant, ZERO_INSTANT } from '../../domain/go/instant.ts'
import { jsonString } from '../../domain/go/json-text.ts'
import { TIME, timeValue } from './time.ts'
import { FLOAT, type GoType, opened, UINT8, type Value, zero } from './value.ts'

/**
 * A value of a Go type from parsed JSON, as Go's encoding/json fills it: keys match whatever their case, what is absent
 * or of another kind stays zero.
 */
export function decode(type: GoType, json: Value): Value {
  const value = opened(json)
  if (type === TIME) return timeValue((value.kind === 'string' ? parseInstant(value.value) : undefined) ?? ZERO_INSTANT)
  if (value.kind === 'nil' && type.kind !== 'struct') return zero(type)
  switch (type.kind) {
    case 'pointer':
      return type.elem === undefined ? zero(type) : { kind: 'pointer', type, target: decode(type.elem, value) }
    case 'struct':
      if (value.kind === 'string' && type.fromText !== undefined) return textual(type, value.value, type.fromText)
      return struct(type, value.kind === 'map' ? lowerCased(value.entries) : new Map())
    case 'slice':
      if (value.kind === 'string' && type.elem === UINT8) return bytes(type, value.value)
      return value.kind === 'slice' ? { kind: 'slice', type, items: items(type, value.items) } : zero(type)
    case 'map':
      return value.kind === 'map' ? { kind: 'map', type, entries: entries(type, value.entries) } : zero(type)
    case 'interface':
      return { kind: 'interface', type, inner: plainJson(value) }
    default:
      return scalar(type, value)
  }
}

type Entries = ReadonlyMap<string, Value>

function struct(type: GoType, members: Entries): Value {
  const fields = new Map<string, Value>()
  for (const field of type.fields ?? []) {
    const value = field.embedded
      ? embedded(field.type, members)
      : decode(field.type, members.get(field.json.toLowerCase()) ?? NOTHING)
    fields.set(field.name, value)
  }
  const text = type.shownStruct
  return text === undefined
    ? { kind: 'struct', type, fields }
    : { kind: 'struct', type, fields, text: () => text(fields) }
}

/** An embedded struct takes its fields from the same members. */
function embedded(type: GoType, members: Entries): Value {
  if (type.kind !== 'pointer' || type.elem === undefined) return struct(type, members)
  return { kind: 'pointer', type, target: struct(type.elem, members) }
}

const NOTHING: Value = { kind: 'nil' }

function lowerCased(entries: Entries | undefined): Entries {
  return new Map([...(entries ?? [])].map(([key, value]) => [key.toLowerCase(), value]))
}

function items({ elem }: GoType, from: readonly Value[] | undefined): Value[] {
  return elem === undefined ? [] : (from ?? []).map((item) => decode(elem, item))
}

function entries({ elem }: GoType, from: Entries | undefined): Map<string, Value> {
  return new Map(elem === undefined ? [] : [...(from ?? [])].map(([key, value]) => [key, decode(elem, value)]))
}

function scalar(type: GoType, value: Value): Value {
  if (value.kind === 'bool' && type.kind === 'bool') return { kind: 'bool', type, value: value.value }
  if (value.kind !== 'string') return zero(type)
  const isNumber = value.type.isNumber ?? false
  if (type.kind === 'string') return isNumber ? zero(type) : { kind: 'string', type, value: value.value }
  if (!isNumber) return zero(type)
  if (type.kind === 'float') return { kind: 'float', type, value: Number(value.value) }
  if ((type.kind === 'int' || type.kind === 'uint') && /^-?\d+$/.test(value.value)) {
    return { kind: type.kind, type, value: BigInt(value.value) }
  }
  return zero(type)
}

/** A struct that JSON has as one text, which is also how it prints. */
function textual(type: GoType, text: string, fromText: NonNullable<GoType['fromText']>): Value {
  return {
    kind: 'struct',
    type,
    fields: fromText(text),
    text: () => text,
    json: () => jsonString(text, false),
  }
}

/** JSON has bytes in base64. */
function bytes(type: GoType, base64: string): Value {
  const items = [...Buffer.from(base64, 'base64')].map(
    (byte): Value => ({ kind: 'uint', type: UINT8, value: BigInt(byte) }),
  )
  return { kind: 'slice', type, items }
}

/** What Go reads into `interface {}` without UseNumber: numbers are floats. */
function plainJson(value: Value): Value {
  switch (value.kind) {
    case 'string':
      return value.type.isNumber ? { kind: 'float', type: FLOAT, value: Number(value.value) } : value
    case 'slice':
      return { ...value, items: value.items?.map(plainJson) }
    case 'map':
      return { ...value, entries: new Map([...(value.entries ?? [])].map(([key, item]) => [key, plainJson(item)])) }
    default:
      return value
  }
}
