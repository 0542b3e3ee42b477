import { jsonString } from '../json-text.ts'
import { goTimeJson, goTimeText, ZERO_TIME } from './time.ts'
import { type GoType, opened, type Value, zero } from './value.ts'

/**
 * A value of a Go type from parsed JSON, as Go's encoding/json fills it: keys match whatever their case, what is absent
 * or of another kind stays zero.
 */
export function decode(type: GoType, json: Value): Value {
  const value = opened(json)
  if (type.isTime) return timeValue(type, value.kind === 'string' ? value.value : ZERO_TIME)
  if (value.kind === 'nil') return zero(type)
  switch (type.kind) {
    case 'pointer':
      return type.elem === undefined ? zero(type) : { kind: 'pointer', type, target: decode(type.elem, value) }
    case 'struct':
      return value.kind === 'map' ? struct(type, lowerCased(value.entries)) : zero(type)
    case 'slice':
      return value.kind === 'slice' ? { kind: 'slice', type, items: items(type, value.items) } : zero(type)
    case 'map':
      return value.kind === 'map' ? { kind: 'map', type, entries: entries(type, value.entries) } : zero(type)
    case 'interface':
      return { kind: 'interface', type, inner: value }
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

function timeValue(type: GoType, text: string): Value {
  return {
    kind: 'struct',
    type,
    fields: new Map(),
    text: () => goTimeText(text),
    json: () => jsonString(goTimeJson(text), false),
  }
}
