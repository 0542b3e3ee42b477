import { fromBytes } from '../../domain/go/bytes.ts'
import { type ComplexValue, isUnexported, sortedEntries, UINT8, type Value } from '../values/value.ts'
import { ADDRESS, formatPlain, withoutStringMethods } from './print.ts'
import { type Flags, formatFloat, formatInteger, formatString, pad } from './scalars.ts'

/** Values of all kinds as the verbs of Go's fmt.Printf print them. */

/**
 * Formats a value by a verb, padded to the width. A verb that does not apply gives `%!d(string=x)`.
 * @param isInside whether the value is part of another value, where a pointer prints as an address
 */
export function formatValue(value: Value, verb: string, flags: Flags, isInside = false): string {
  if (verb === 'T') return pad(value.kind === 'nil' ? '<nil>' : value.type.name, flags)
  if (value.kind === 'nil') return isInside ? '<nil>' : verb === 'v' ? pad('<nil>', flags) : `%!${verb}(<nil>)`
  const own = callString(value)
  if (own !== undefined && 'vsxXq'.includes(verb) && !flags.goSyntax) return formatString(own, verb, flags) ?? ''
  return formatByKind(value, verb, flags, isInside) ?? badVerb(value, verb, flags)
}

/** Returns the result of a value's String method; undefined if it has none. */
function callString(value: Value): string | undefined {
  switch (value.kind) {
    case 'int':
    case 'uint':
      return value.type.formatInteger?.(value.value)
    case 'struct':
      return value.toText?.()
    case 'pointer':
      return value.target === undefined ? undefined : callString(value.target)
    default:
      return
  }
}

function badVerb(value: Value, verb: string, flags: Flags): string {
  const type = value.kind === 'nil' ? '<nil>' : value.type.name
  return `%!${verb}(${type}=${formatValue(withoutString(value), 'v', flags)})`
}

/** Returns a value without String methods. Go does not call them when it reports a bad verb. */
function withoutString(value: Value): Value {
  switch (value.kind) {
    case 'int':
    case 'uint': {
      const { kind, name } = value.type
      return { ...value, type: { kind, name } }
    }
    case 'struct':
      return withoutStringMethods(value)
    case 'pointer':
      return value.target === undefined ? value : { ...value, target: withoutString(value.target) }
    default:
      return value
  }
}

function formatByKind(value: Value, verb: string, flags: Flags, isInside: boolean): string | undefined {
  switch (value.kind) {
    case 'bool':
      return verb === 't' || verb === 'v' ? pad(String(value.value), flags) : undefined
    case 'int':
    case 'uint':
      return formatInteger(value.value, verb, flags, value.kind === 'uint')
    case 'float':
      return formatFloat(value.value, verb, flags)
    case 'complex':
      return formatComplex(value, verb, flags)
    case 'string':
      return formatString(value.value, verb, flags)
    case 'nil':
      return
    default:
      return formatComposite(value, verb, flags, isInside)
  }
}

function formatComplex({ real, imaginary }: ComplexValue, verb: string, flags: Flags): string | undefined {
  const realText = formatFloat(real, verb, flags)
  const imaginaryText = formatFloat(imaginary, verb === 'v' ? 'g' : verb, { ...flags, plus: true })
  return realText === undefined || imaginaryText === undefined ? undefined : `(${realText}${imaginaryText}i)`
}

function formatComposite(value: Value, verb: string, flags: Flags, isInside: boolean): string | undefined {
  const each = (item: Value) => formatValue(item, verb, flags, true)
  switch (value.kind) {
    case 'interface':
      return value.inner === undefined ? '<nil>' : formatValue(value.inner, verb, flags, isInside)
    case 'slice':
      if (value.type.elem === UINT8 && 'sqxX'.includes(verb)) return formatString(bytesAsText(value.items), verb, flags)
      return goSyntax(value, flags) ?? `[${(value.items ?? []).map(each).join(' ')}]`
    case 'map': {
      const pairs = sortedEntries(value.entries).map(([key, item]) => [each(keyValue(value, key)), each(item)] as const)
      return goSyntax(value, flags) ?? `map[${pairs.map(([key, item]) => `${key}:${item}`).join(' ')}]`
    }
    case 'struct': {
      const names = flags.fieldNames ? (name: string) => `${name}:` : () => ''
      return (
        goSyntax(value, flags) ??
        `{${[...value.fields].map(([name, field]) => names(name) + each(isUnexported(name) ? withoutStringMethods(field) : field)).join(' ')}}`
      )
    }
    case 'pointer':
      return formatPointer(value, verb, flags, isInside)
    default:
      return verb === 'v' || verb === 'p' ? pad(formatPlain(value, true), flags) : undefined
  }
}

function formatPointer(
  { target, type }: Extract<Value, { kind: 'pointer' }>,
  verb: string,
  flags: Flags,
  isInside: boolean,
): string | undefined {
  // Go looks for a String method before it looks whether the pointer is nil.
  if (target === undefined && type.elem?.hasStringMethod && 'vsxXq'.includes(verb) && !flags.goSyntax) return '<nil>'
  const isComposite = target?.kind === 'struct' || target?.kind === 'map' || target?.kind === 'slice'
  if (isComposite && !isInside) return `&${formatValue(target, verb, flags, true)}`
  if (flags.goSyntax) return `(${type.name})(${target === undefined ? 'nil' : ADDRESS})`
  if (verb === 'v') return pad(target === undefined ? '<nil>' : ADDRESS, flags)
  if (verb === 'p') return pad(target === undefined ? '0x0' : ADDRESS, flags)
  if (!'bodxX'.includes(verb)) return
  return formatInteger(target === undefined ? 0n : BigInt(ADDRESS), verb, flags, true)
}

function bytesAsText(items: readonly Value[] = []): string {
  return fromBytes(Uint8Array.from(items.map((byte) => (byte.kind === 'uint' ? Number(byte.value) : 0))))
}

/** Formats a composite value in Go's syntax; undefined unless the verb is `%#v`. */
function goSyntax(value: Value, flags: Flags): string | undefined {
  if (!flags.goSyntax || value.kind === 'nil') return
  const each = (item: Value): string => {
    if (item.kind === 'interface') return item.inner === undefined ? 'interface {}(nil)' : each(item.inner)
    return item.kind === 'nil' ? 'interface {}(nil)' : formatValue(item, 'v', { ...flags, width: undefined }, true)
  }
  switch (value.kind) {
    case 'slice':
      if (value.items === undefined) return `${value.type.name}(nil)`
      return `${value.type.name}{${value.items.map(each).join(', ')}}`
    case 'map': {
      if (value.entries === undefined) return `${value.type.name}(nil)`
      const pairs = sortedEntries(value.entries).map(([key, item]) => `${each(keyValue(value, key))}:${each(item)}`)
      return `${value.type.name}{${pairs.join(', ')}}`
    }
    case 'struct':
      if (value.toGoSyntax !== undefined) return value.toGoSyntax()
      return `${value.type.name}{${[...value.fields].map(([name, field]) => `${name}:${each(field)}`).join(', ')}}`
    default:
      return
  }
}

function keyValue({ type }: Extract<Value, { kind: 'map' }>, key: string): Value {
  return { kind: 'string', type: type.key ?? type, value: key }
}
