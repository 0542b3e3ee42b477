import { byteLength, byteSlice, toBytes } from '../../domain/go/bytes.ts'
import { dereference, elementOf, goInt, UINT8, unwrap, type Value, zeroValue } from '../values/value.ts'
import { isAssignable } from './arguments.ts'

/** Go's builtin functions on strings, slices and maps. They throw an Error with Go's message. */

/** Go's `len`, which counts the bytes of a string. */
export function valueLength(item: Value): Value {
  const value = dereference(item)
  switch (value.kind) {
    case 'pointer':
    case 'interface':
      throw new Error('len of nil pointer')
    case 'nil':
      throw new Error('reflect: call of reflect.Value.Type on zero Value')
    case 'string':
      return goInt(byteLength(value.value))
    case 'slice':
      return goInt(value.items?.length ?? 0)
    case 'map':
      return goInt(value.entries?.size ?? 0)
    default:
      throw new Error(`len of type ${value.type.name}`)
  }
}

/** Go's `index`: `index x 1 "a"` is `x[1]["a"]`. A key that a map does not have gives the zero value. */
export function indexValue(item: Value, indexes: readonly Value[]): Value {
  let value = unwrap(item)
  if (value.kind === 'nil') throw new Error('index of untyped nil')
  for (const index of indexes) value = element(value, unwrap(index))
  return value
}

function element(item: Value, index: Value): Value {
  const value = dereference(item)
  switch (value.kind) {
    case 'pointer':
    case 'interface':
      throw new Error('index of nil pointer')
    case 'string': {
      const byte = toBytes(value.value)[position(index, byteLength(value.value))]
      if (byte === undefined) throw new Error('reflect: string index out of range')
      return { kind: 'uint', type: UINT8, value: BigInt(byte) }
    }
    case 'slice': {
      const found = value.items?.[position(index, value.items?.length ?? 0)]
      if (found === undefined) throw new Error('reflect: slice index out of range')
      return elementOf(value.type, found)
    }
    case 'map':
      return entry(value, index)
    case 'nil':
      throw new Error('unreachable')
    default:
      throw new Error(`can't index item of type ${value.type.name}`)
  }
}

function entry({ type, entries }: Extract<Value, { kind: 'map' }>, key: Value): Value {
  const keyType = type.key?.name ?? ''
  if (key.kind === 'nil') throw new Error(`value is nil; should be of type ${keyType}`)
  if (key.kind !== 'string' || type.key === undefined || !isAssignable(key.type, type.key)) {
    throw new Error(`value has type ${key.type.name}; should be ${keyType}`)
  }
  const found = entries?.get(key.value)
  if (found !== undefined) return elementOf(type, found)
  return type.elem === undefined ? { kind: 'nil' } : zeroValue(type.elem)
}

/** Go's `slice`: `slice x 1 2` is `x[1:2]`. Indexes into a string count bytes. */
export function sliceValue(item: Value, indexes: readonly Value[]): Value {
  const value = unwrap(item)
  if (value.kind === 'nil') throw new Error('slice of untyped nil')
  if (indexes.length > 3) throw new Error(`too many slice indexes: ${indexes.length}`)
  if (value.kind === 'string' && indexes.length === 3) throw new Error('cannot 3-index slice a string')
  if (value.kind !== 'string' && value.kind !== 'slice') throw new Error(`can't slice item of type ${value.type.name}`)
  const length = value.kind === 'string' ? byteLength(value.value) : (value.items?.length ?? 0)
  const [start = 0, end = length, max] = indexes.map((index) => position(index, length))
  if (start > end) throw new Error(`invalid slice index: ${start} > ${end}`)
  if (max !== undefined && end > max) throw new Error(`invalid slice index: ${end} > ${max}`)
  if (value.kind === 'string') return { ...value, value: byteSlice(value.value, start, end) }
  return { ...value, items: (value.items ?? []).slice(start, end) }
}

function position(index: Value, limit: number): number {
  if (index.kind === 'nil') throw new Error('cannot index slice/array with nil')
  if (index.kind !== 'int' && index.kind !== 'uint') {
    throw new Error(`cannot index slice/array with type ${index.type.name}`)
  }
  if (index.value < 0n || index.value > BigInt(limit)) throw new Error(`index out of range: ${index.value}`)
  return Number(index.value)
}
