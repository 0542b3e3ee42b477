import { parseInstant, ZERO_INSTANT } from '../../domain/go/instant.ts'
import { jsonString } from '../../domain/go/json-text.ts'
import { TIME, timeValue } from './time.ts'
import {
  type Fields,
  FLOAT,
  type GoType,
  NIL,
  type StructField,
  UINT8,
  unwrap,
  type Value,
  zeroValue,
} from './value.ts'

/**
 * Converts parsed JSON to a value of a Go type, as Go's encoding/json does: the case of keys does not matter. What is
 * absent or of another kind becomes the zero value.
 */
export function decode(type: GoType, json: Value): Value {
  const value = unwrap(json)
  if (type === TIME) return timeValue((value.kind === 'string' ? parseInstant(value.value) : undefined) ?? ZERO_INSTANT)
  if (value.kind === 'nil' && type.kind !== 'struct') return zeroValue(type)
  switch (type.kind) {
    case 'pointer':
      return type.elem === undefined ? zeroValue(type) : { kind: 'pointer', type, target: decode(type.elem, value) }
    case 'struct':
      if (value.kind === 'string' && type.parseText !== undefined) return decodeText(type, value.value, type.parseText)
      return decodeStruct(type, value.kind === 'map' ? value.entries : undefined)
    case 'slice':
      if (value.kind === 'string' && type.elem === UINT8) return decodeBytes(type, value.value)
      return value.kind === 'slice' ? { kind: 'slice', type, items: decodeItems(type, value.items) } : zeroValue(type)
    case 'map':
      return value.kind === 'map' ? { kind: 'map', type, entries: decodeEntries(type, value.entries) } : zeroValue(type)
    case 'interface':
      return { kind: 'interface', type, inner: withFloats(value) }
    default:
      return decodeScalar(type, value)
  }
}

type Entries = ReadonlyMap<string, Value>

function decodeStruct(type: GoType, members: Entries | undefined): Value {
  const fields = new DecodedFields(type, members)
  const { formatStruct } = type
  return formatStruct === undefined
    ? { kind: 'struct', type, fields }
    : { kind: 'struct', type, fields, toText: () => formatStruct(fields) }
}

/** The fields of a struct in JSON. Each one is decoded when it is used, because most templates use few of them. */
class DecodedFields implements Fields {
  readonly #type: GoType
  readonly #entries: Entries | undefined
  #members: Entries | undefined
  readonly #decoded = new Map<string, Value>()

  /** @param entries the JSON object; undefined when there is none, so that all fields have their zero values */
  constructor(type: GoType, entries: Entries | undefined) {
    this.#type = type
    this.#entries = entries
  }

  get(name: string): Value | undefined {
    const known = this.#decoded.get(name)
    if (known !== undefined) return known
    const field = this.#type.fields?.find((declared) => declared.name === name)
    if (field === undefined) return undefined
    const value = this.#decode(field)
    this.#decoded.set(name, value)
    return value
  }

  has(name: string): boolean {
    return this.#type.fields?.some((declared) => declared.name === name) ?? false
  }

  *[Symbol.iterator](): Iterator<[string, Value]> {
    for (const { name } of this.#type.fields ?? []) yield [name, this.get(name) ?? NIL]
  }

  #decode({ type, embedded, json }: StructField): Value {
    this.#members ??= lowerCaseKeys(this.#entries)
    if (embedded) return decodeEmbedded(type, this.#members)
    return decode(type, this.#members.get(json.toLowerCase()) ?? NIL)
  }
}

/** Decodes an embedded struct, whose fields are members of the same JSON object. */
function decodeEmbedded(type: GoType, members: Entries): Value {
  if (type.kind !== 'pointer' || type.elem === undefined) return decodeStruct(type, members)
  return { kind: 'pointer', type, target: decodeStruct(type.elem, members) }
}

function lowerCaseKeys(entries: Entries | undefined): Entries {
  return new Map([...(entries ?? [])].map(([key, value]) => [key.toLowerCase(), value]))
}

function decodeItems({ elem }: GoType, from: readonly Value[] | undefined): Value[] {
  return elem === undefined ? [] : (from ?? []).map((item) => decode(elem, item))
}

function decodeEntries({ elem }: GoType, from: Entries | undefined): Map<string, Value> {
  return new Map(elem === undefined ? [] : [...(from ?? [])].map(([key, value]) => [key, decode(elem, value)]))
}

function decodeScalar(type: GoType, value: Value): Value {
  if (value.kind === 'bool' && type.kind === 'bool') return { kind: 'bool', type, value: value.value }
  if (value.kind !== 'string') return zeroValue(type)
  const isNumber = value.type.isNumber ?? false
  if (type.kind === 'string') return isNumber ? zeroValue(type) : { kind: 'string', type, value: value.value }
  if (!isNumber) return zeroValue(type)
  if (type.kind === 'float') return { kind: 'float', type, value: Number(value.value) }
  if ((type.kind === 'int' || type.kind === 'uint') && /^-?\d+$/.test(value.value)) {
    return { kind: type.kind, type, value: BigInt(value.value) }
  }
  return zeroValue(type)
}

/** Decodes a struct that JSON represents as a string. The struct prints as the same string. */
function decodeText(type: GoType, text: string, parseText: NonNullable<GoType['parseText']>): Value {
  return {
    kind: 'struct',
    type,
    fields: parseText(text),
    toText: () => text,
    toJson: () => jsonString(text, false),
  }
}

/** Decodes bytes, which JSON represents in base64. */
function decodeBytes(type: GoType, base64: string): Value {
  const items = [...Buffer.from(base64, 'base64')].map(
    (byte): Value => ({ kind: 'uint', type: UINT8, value: BigInt(byte) }),
  )
  return { kind: 'slice', type, items }
}

/** Converts parsed JSON to what Go decodes into `interface {}` without UseNumber, where numbers are floats. */
function withFloats(value: Value): Value {
  switch (value.kind) {
    case 'string':
      return value.type.isNumber ? { kind: 'float', type: FLOAT, value: Number(value.value) } : value
    case 'slice':
      return { ...value, items: value.items?.map(withFloats) }
    case 'map':
      return { ...value, entries: new Map([...(value.entries ?? [])].map(([key, item]) => [key, withFloats(item)])) }
    default:
      return value
  }
}
