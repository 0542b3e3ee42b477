import { goQuote } from '../../domain/go/quote.ts'
import {
  dereference,
  elementOf,
  type GoFunc,
  type GoType,
  isUnexported,
  NIL,
  type StructField,
  type StructValue,
  typeName,
  type Value,
} from '../values/value.ts'

/**
 * Finds `.name` of a value: a method, a field, or an entry of a map. Returns Go's error message as a string if there is
 * none (text/template evalField).
 * @param hasArguments whether there are arguments, which only methods accept
 * @param missingKeyFails whether a key that a map does not have is an error
 */
export function findField(
  receiver: Value,
  name: string,
  hasArguments: boolean,
  missingKeyFails: boolean,
): Value | GoFunc | string {
  const value = dereference(receiver)
  if (value.kind === 'nil') return missingKeyFails ? `nil data; no entry for key ${goQuote(name)}` : NIL
  const result = value.kind === 'struct' && !hasArguments ? value.methodResult?.(name) : undefined
  if (result !== undefined) return result
  const typeMethod = value.type.methods?.get(name)
  if (typeMethod !== undefined) return { ...typeMethod, call: (args) => typeMethod.call(value, ...args) }
  switch (value.kind) {
    case 'struct': {
      const method = value.findMethod?.(name)
      if (method !== undefined) return method
      if (isUnexported(name) && value.fields.has(name)) {
        return `${name} is an unexported field of struct type ${typeName(receiver)}`
      }
      const found = structField(value, name)
      if (found === undefined) break
      return hasArguments && typeof found !== 'string'
        ? `${name} has arguments but cannot be invoked as function`
        : found
    }
    case 'map': {
      const method = value.findMethod?.(name)
      if (method !== undefined) return method
      if (value.type.key?.name !== 'string') break
      if (hasArguments) return `${name} is not a method but has arguments`
      const found = value.entries?.get(name)
      if (found !== undefined) return elementOf(value.type, found)
      return missingKeyFails ? `map has no entry for key ${goQuote(name)}` : NIL
    }
    case 'interface':
      return `nil pointer evaluating ${typeName(receiver)}.${name}`
    case 'pointer':
      if (value.type.elem?.kind === 'struct' && !hasField(value.type.elem, name)) break
      return `nil pointer evaluating ${typeName(receiver)}.${name}`
  }
  return `can't evaluate field ${name} in type ${typeName(receiver)}`
}

/** Returns a field of a struct or of a struct embedded in it. */
function structField({ type, fields }: StructValue, name: string): Value | string | undefined {
  const own = fields.get(name)
  if (own !== undefined) return own
  for (const field of type.fields ?? []) {
    if (!field.embedded || !hasField(embeddedStruct(field), name)) continue
    const embedded = fields.get(field.name)
    if (embedded === undefined) continue
    const value = dereference(embedded)
    if (value.kind === 'struct') return structField(value, name)
    return `reflect: indirection through nil pointer to embedded struct field ${field.name}`
  }
  return
}

function hasField(type: GoType, name: string): boolean {
  return (type.fields ?? []).some(
    (field) => field.name === name || (field.embedded && hasField(embeddedStruct(field), name)),
  )
}

/** Returns the struct type that a field embeds, by value or by pointer. */
function embeddedStruct({ type }: StructField): GoType {
  return type.kind === 'pointer' && type.elem !== undefined ? type.elem : type
}
