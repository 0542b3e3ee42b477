import { jsonString } from '../../domain/go/json-text.ts'
import { compareText, type StructValue, sortedEntries, UINT8, type Value } from './value.ts'

/** A value as docker's `json` function prints it: compact, fields in their type's order, `<>&` as they are. */
export function encodeJson(value: Value): string {
  switch (value.kind) {
    case 'nil':
    case 'func':
      return 'null'
    case 'bool':
    case 'int':
    case 'uint':
      return String(value.value)
    case 'float':
      return String(value.value)
    case 'complex':
      throw new Error('json: unsupported type: complex128')
    case 'string':
      return value.type.isNumber ? value.value || '0' : jsonString(value.value, false)
    case 'slice':
      if (value.items !== undefined && value.type.elem === UINT8) return base64(value.items)
      return value.items === undefined ? 'null' : `[${value.items.map(encodeJson).join(',')}]`
    case 'map':
      return value.entries === undefined ? 'null' : object(sortedEntries(value.entries))
    case 'struct':
      return value.json?.() ?? object(value.type.sortsJson ? members(value).sort(byName) : members(value))
    case 'pointer':
      return value.target === undefined ? 'null' : encodeJson(value.target)
    case 'interface':
      return value.inner === undefined ? 'null' : encodeJson(value.inner)
  }
}

type Member = readonly [string, Value]

function byName([a]: Member, [b]: Member): number {
  return compareText(a, b)
}

function base64(bytes: readonly Value[]): string {
  return `"${Buffer.from(bytes.map((byte) => (byte.kind === 'uint' ? Number(byte.value) : 0))).toString('base64')}"`
}

function object(entries: readonly Member[]): string {
  return `{${entries.map(([key, value]) => `${jsonString(key, false)}:${encodeJson(value)}`).join(',')}}`
}

/** The fields JSON has of a struct; those of embedded structs are its own, unless it has one of the name itself. */
function members({ type, fields }: StructValue): Member[] {
  const own = new Set((type.fields ?? []).filter(({ embedded }) => !embedded).map(({ json }) => json))
  return (type.fields ?? []).flatMap((field): Member[] => {
    const value = fields.get(field.name)
    if (value === undefined) return []
    if (field.embedded) return embedded(value).filter(([name]) => !own.has(name))
    return field.json === '' || (field.omitEmpty && isEmpty(value)) ? [] : [[field.json, value]]
  })
}

function embedded(value: Value): Member[] {
  if (value.kind === 'pointer') return value.target === undefined ? [] : embedded(value.target)
  return value.kind === 'struct' ? members(value) : []
}

function isEmpty(value: Value): boolean {
  switch (value.kind) {
    case 'bool':
      return !value.value
    case 'int':
    case 'uint':
      return value.value === 0n
    case 'float':
      return value.value === 0
    case 'complex':
      return value.real === 0 && value.imaginary === 0
    case 'string':
      return value.value === ''
    case 'slice':
      return (value.items ?? []).length === 0
    case 'map':
      return (value.entries?.size ?? 0) === 0
    case 'pointer':
      return value.target === undefined
    case 'interface':
      return value.inner === undefined
    default:
      return value.kind === 'nil'
  }
}
