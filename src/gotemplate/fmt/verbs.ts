import { fromBytes } from '../values/bytes.ts'
import { type ComplexValue, sortedEntries, UINT8, type Value } from '../values/value.ts'
import { ADDRESS, isOwn, plain, withoutOwnText } from './print.ts'
import { type Flags, float, integer, padded, text } from './verb-scalars.ts'

/**
 * One value as a printf verb shows it, padded; `%!d(string=x)` where the verb does not fit.
 * @param isInside whether it is part of another value, where pointers are addresses
 */
export function formatted(value: Value, verb: string, flags: Flags, isInside = false): string {
  if (verb === 'T') return padded(value.kind === 'nil' ? '<nil>' : value.type.name, flags)
  if (value.kind === 'nil') return isInside ? '<nil>' : verb === 'v' ? padded('<nil>', flags) : `%!${verb}(<nil>)`
  const own = ownText(value)
  if (own !== undefined && 'vsxXq'.includes(verb) && !flags.syntax) return text(own, verb, flags) ?? ''
  return shown(value, verb, flags, isInside) ?? mismatch(value, verb, flags)
}

/** What a type with a String method says of itself. */
function ownText(value: Value): string | undefined {
  switch (value.kind) {
    case 'int':
    case 'uint':
      return value.type.shown?.(value.value)
    case 'struct':
      return value.text?.()
    case 'pointer':
      return value.target === undefined ? undefined : ownText(value.target)
    default:
      return
  }
}

function mismatch(value: Value, verb: string, flags: Flags): string {
  const type = value.kind === 'nil' ? '<nil>' : value.type.name
  return `%!${verb}(${type}=${formatted(unadorned(value), 'v', flags)})`
}

/** A value whose types have no String methods: Go does not ask them while it tells of a verb that does not fit. */
function unadorned(value: Value): Value {
  switch (value.kind) {
    case 'int':
    case 'uint': {
      const { kind, name } = value.type
      return { ...value, type: { kind, name } }
    }
    case 'struct':
      return withoutOwnText(value)
    case 'pointer':
      return value.target === undefined ? value : { ...value, target: unadorned(value.target) }
    default:
      return value
  }
}

function shown(value: Value, verb: string, flags: Flags, isInside: boolean): string | undefined {
  switch (value.kind) {
    case 'bool':
      return verb === 't' || verb === 'v' ? padded(String(value.value), flags) : undefined
    case 'int':
    case 'uint':
      return integer(value.value, verb, flags, value.kind === 'uint')
    case 'float':
      return float(value.value, verb, flags)
    case 'complex':
      return complex(value, verb, flags)
    case 'string':
      return text(value.value, verb, flags)
    case 'nil':
      return
    default:
      return composite(value, verb, flags, isInside)
  }
}

function complex({ real, imaginary }: ComplexValue, verb: string, flags: Flags): string | undefined {
  const one = float(real, verb, flags)
  const other = float(imaginary, verb === 'v' ? 'g' : verb, { ...flags, plus: true })
  return one === undefined || other === undefined ? undefined : `(${one}${other}i)`
}

function composite(value: Value, verb: string, flags: Flags, isInside: boolean): string | undefined {
  const each = (item: Value) => formatted(item, verb, flags, true)
  switch (value.kind) {
    case 'interface':
      return value.inner === undefined ? '<nil>' : formatted(value.inner, verb, flags, isInside)
    case 'slice':
      if (value.type.elem === UINT8 && 'sqxX'.includes(verb)) return text(bytesAsText(value.items), verb, flags)
      return syntax(value, flags) ?? `[${(value.items ?? []).map(each).join(' ')}]`
    case 'map': {
      const pairs = sortedEntries(value.entries).map(([key, item]) => [each(keyValue(value, key)), each(item)] as const)
      return syntax(value, flags) ?? `map[${pairs.map(([key, item]) => `${key}:${item}`).join(' ')}]`
    }
    case 'struct': {
      const names = flags.names ? (name: string) => `${name}:` : () => ''
      return (
        syntax(value, flags) ??
        `{${[...value.fields].map(([name, field]) => names(name) + each(isOwn(name) ? withoutOwnText(field) : field)).join(' ')}}`
      )
    }
    case 'pointer':
      return pointer(value, verb, flags, isInside)
    default:
      return verb === 'v' || verb === 'p' ? padded(plain(value, true), flags) : undefined
  }
}

/** What a pointer leads to, or where. */
function pointer(
  { target, type }: Extract<Value, { kind: 'pointer' }>,
  verb: string,
  flags: Flags,
  isInside: boolean,
): string | undefined {
  // Go asks a nil pointer how it prints before it finds out that there is nothing.
  if (target === undefined && type.elem?.printsItself && 'vsxXq'.includes(verb) && !flags.syntax) return '<nil>'
  const leadsOn = target?.kind === 'struct' || target?.kind === 'map' || target?.kind === 'slice'
  if (leadsOn && !isInside) return `&${formatted(target, verb, flags, true)}`
  if (flags.syntax) return `(${type.name})(${target === undefined ? 'nil' : ADDRESS})`
  if (verb === 'v') return padded(target === undefined ? '<nil>' : ADDRESS, flags)
  if (verb === 'p') return padded(target === undefined ? '0x0' : ADDRESS, flags)
  if (!'bodxX'.includes(verb)) return
  return integer(target === undefined ? 0n : BigInt(ADDRESS), verb, flags, true)
}

function bytesAsText(items: readonly Value[] = []): string {
  return fromBytes(Uint8Array.from(items.map((byte) => (byte.kind === 'uint' ? Number(byte.value) : 0))))
}

/** `%#v`: Go's own syntax. */
function syntax(value: Value, flags: Flags): string | undefined {
  if (!flags.syntax || value.kind === 'nil') return
  const each = (item: Value): string => {
    if (item.kind === 'interface') return item.inner === undefined ? 'interface {}(nil)' : each(item.inner)
    return item.kind === 'nil' ? 'interface {}(nil)' : formatted(item, 'v', { ...flags, width: undefined }, true)
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
      if (value.syntax !== undefined) return value.syntax()
      return `${value.type.name}{${[...value.fields].map(([name, field]) => `${name}:${each(field)}`).join(', ')}}`
    default:
      return
  }
}

function keyValue({ type }: Extract<Value, { kind: 'map' }>, key: string): Value {
  return { kind: 'string', type: type.key ?? type, value: key }
}
