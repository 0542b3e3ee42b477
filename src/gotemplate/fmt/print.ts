/** Go's `%v`, and the functions of the fmt package that print all values with it. */
import { shortestFloat } from '../../domain/go/decimal.ts'
import { type ComplexValue, dereference, isUnexported, sortedEntries, unwrap, type Value } from '../values/value.ts'

/** Returns the output of a template's action for a value (text/template printValue); undefined for a function. */
export function printValue(value: Value): string | undefined {
  if (value.kind === 'string') return value.value
  if (value.kind === 'func') return
  const printed = value.kind === 'pointer' && value.target !== undefined ? dereference(value) : value
  return printed.kind === 'nil' ? '<no value>' : formatPlain(printed)
}

/** Go's fmt.Sprint: a space between two operands if neither is a string. */
export function sprint(values: readonly Value[]): string {
  let text = ''
  let wasString = true
  for (const [index, item] of values.entries()) {
    const value = unwrap(item)
    const isString = value.kind === 'string'
    if (index > 0 && !isString && !wasString) text += ' '
    text += formatPlain(value)
    wasString = isString
  }
  return text
}

/** Go's fmt.Sprintln: a space between all operands, and a newline. */
export function sprintln(values: readonly Value[]): string {
  return `${values.map((value) => formatPlain(unwrap(value))).join(' ')}\n`
}

/**
 * Formats a value as Go's `%v` does.
 * @param isInside whether the value is part of another value, where a pointer prints as an address
 */
export function formatPlain(value: Value, isInside = false): string {
  switch (value.kind) {
    case 'nil':
      return '<nil>'
    case 'bool':
      return String(value.value)
    case 'int':
    case 'uint':
      return value.type.formatInteger?.(value.value) ?? String(value.value)
    case 'float':
      return shortestFloat(value.value)
    case 'complex':
      return formatComplex(value)
    case 'string':
      return value.value
    case 'slice':
      return `[${(value.items ?? []).map((item) => formatPlain(item, true)).join(' ')}]`
    case 'map':
      return `map[${sortedEntries(value.entries)
        .map(([key, item]) => `${key}:${formatPlain(item, true)}`)
        .join(' ')}]`
    case 'struct':
      if (value.toText !== undefined) return value.toText()
      return `{${[...value.fields].map(([name, field]) => formatPlain(isUnexported(name) ? withoutStringMethods(field) : field, true)).join(' ')}}`
    case 'interface':
      return value.inner === undefined ? '<nil>' : formatPlain(value.inner, isInside)
    case 'pointer':
      return formatPointer(value, isInside)
    case 'func':
      return ADDRESS
  }
}

function formatComplex({ real, imaginary }: ComplexValue): string {
  const text = shortestFloat(imaginary)
  return `(${shortestFloat(real)}${/^[+-]/.test(text) ? '' : '+'}${text}i)`
}

/** Returns a value without the String methods of its structs. Go does not call them in unexported fields. */
export function withoutStringMethods(value: Value): Value {
  if (value.kind !== 'struct') return value
  const { kind, type, fields } = value
  return { kind, type, fields: new Map([...fields].map(([name, field]) => [name, withoutStringMethods(field)])) }
}

/** Printed for every memory address. Real addresses differ from run to run in docker. */
export const ADDRESS = '0xc000000000'

function formatPointer({ target }: Extract<Value, { kind: 'pointer' }>, isInside: boolean): string {
  if (target === undefined) return '<nil>'
  if (target.kind === 'struct' && target.toText !== undefined) return target.toText()
  const isComposite = target.kind === 'struct' || target.kind === 'map' || target.kind === 'slice'
  return isComposite && !isInside ? `&${formatPlain(target, true)}` : ADDRESS
}
