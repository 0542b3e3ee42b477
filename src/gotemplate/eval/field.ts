import { goQuote } from '../../domain/go/quote.ts'
import { isOwn } from '../fmt/print.ts'
import {
  followed,
  type GoFunc,
  type GoType,
  held,
  NIL,
  type StructField,
  type StructValue,
  typeName,
  type Value,
} from '../values/value.ts'

/**
 * What `.name` is of a value: a method to call, a field, a map's entry; or what is wrong with it, in Go's words.
 * @param hasArgs whether arguments are given, which only methods take
 * @param missingKeyFails whether a key that a map does not have is an error
 */
export function fieldOf(
  receiver: Value,
  name: string,
  hasArgs: boolean,
  missingKeyFails: boolean,
): Value | GoFunc | string {
  const value = followed(receiver)
  if (value.kind === 'nil') return missingKeyFails ? `nil data; no entry for key ${goQuote(name)}` : NIL
  const result = value.kind === 'struct' && !hasArgs ? value.result?.(name) : undefined
  if (result !== undefined) return result
  const method = value.type.methods?.get(name)
  if (method !== undefined) return { ...method, call: (args) => method.call(value, ...args) }
  switch (value.kind) {
    case 'struct': {
      const method = value.method?.(name)
      if (method !== undefined) return method
      if (isOwn(name) && value.fields.has(name))
        return `${name} is an unexported field of struct type ${typeName(receiver)}`
      const found = structField(value, name)
      if (found === undefined) break
      return hasArgs && typeof found !== 'string' ? `${name} has arguments but cannot be invoked as function` : found
    }
    case 'map': {
      const method = value.method?.(name)
      if (method !== undefined) return method
      if (value.type.key?.name !== 'string') break
      if (hasArgs) return `${name} is not a method but has arguments`
      const found = value.entries?.get(name)
      if (found !== undefined) return held(value.type, found)
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

/** A field of the struct itself, or of a struct embedded in it. */
function structField({ type, fields }: StructValue, name: string): Value | string | undefined {
  const own = fields.get(name)
  if (own !== undefined) return own
  for (const field of type.fields ?? []) {
    if (!field.embedded || !hasField(target(field), name)) continue
    const embedded = fields.get(field.name)
    if (embedded === undefined) continue
    const value = followed(embedded)
    if (value.kind === 'struct') return structField(value, name)
    return `reflect: indirection through nil pointer to embedded struct field ${field.name}`
  }
  return
}

function hasField(type: GoType, name: string): boolean {
  return (type.fields ?? []).some((field) => field.name === name || (field.embedded && hasField(target(field), name)))
}

/** The struct that a field embeds. */
function target({ type }: StructField): GoType {
  return type.kind === 'pointer' && type.elem !== undefined ? type.elem : type
}
