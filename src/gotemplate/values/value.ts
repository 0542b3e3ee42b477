import type { Instant } from '../../domain/go/instant.ts'

/** Go's kinds of types, as far as docker's data has them. `value` is reflect.Value, which builtin functions take. */
type Kind =
  | 'bool'
  | 'int'
  | 'uint'
  | 'float'
  | 'complex'
  | 'string'
  | 'slice'
  | 'map'
  | 'struct'
  | 'pointer'
  | 'interface'
  | 'func'
  | 'value'

/** A Go type: error texts print its name, and values are checked against it. */
export interface GoType {
  readonly kind: Kind
  /** As Go prints it: `string`, `[]string`, `map[string]interface {}`, `*container.State`. */
  readonly name: string
  /** What a slice or map holds, or a pointer points to. */
  readonly elem?: GoType
  readonly key?: GoType
  /** Fields of a struct, in order. */
  readonly fields?: readonly StructField[]
  /** A text that is a number (json.Number): JSON prints it bare. */
  readonly isNumber?: boolean
  /** How an integer type with a String method prints (time.Duration). */
  readonly shown?: (value: bigint) => string
  /** Whether the type has a String method, for a struct. */
  readonly printsItself?: boolean
  /** How a struct type with a String method prints. */
  readonly shownStruct?: (fields: ReadonlyMap<string, Value>) => string
  readonly methods?: ReadonlyMap<string, Method> | undefined
  /** For a struct that JSON has as text: its fields, read from the text. */
  readonly fromText?: (text: string) => ReadonlyMap<string, Value>
  /** Whether JSON prints the fields of this struct in the order of their names. */
  readonly sortsJson?: boolean
}

export interface StructField {
  readonly name: string
  /** The key in JSON; empty when JSON leaves the field out. */
  readonly json: string
  readonly omitEmpty: boolean
  readonly type: GoType
  /** An embedded struct (or pointer to one): its fields count as this struct's own. */
  readonly embedded: boolean
}

/** Something callable from a template. */
export interface GoFunc {
  readonly parameters: readonly GoType[]
  /** The type of each argument behind the fixed ones; absent when there may be none. */
  readonly rest?: GoType
  /** Whether this is Go's `call`, whose errors name its first argument as written. */
  readonly isCall?: boolean
  /** Throws an Error whose message is the reason, which becomes `error calling NAME: reason`. */
  readonly call: (args: readonly Value[]) => Value
}

/** A method of a type. */
export interface Method extends Pick<GoFunc, 'parameters' | 'rest'> {
  /** Throws an Error whose message is the reason, as functions do. */
  readonly call: (receiver: Value, ...args: Value[]) => Value
}

export interface StructValue {
  readonly kind: 'struct'
  readonly type: GoType
  readonly fields: ReadonlyMap<string, Value>
  /** Its own method of a name, beside those of its type. */
  readonly method?: (name: string) => GoFunc | undefined
  /** What its own method of a name gives, if that takes no parameters: rows are many, and this is most of what is asked. */
  readonly result?: (name: string) => Value | undefined
  /** The text of a type that has a String method. */
  readonly text?: () => string
  /** The text of a type that says itself how Go's syntax shows it. */
  readonly syntax?: () => string
  /** The moment that a time.Time is. */
  readonly instant?: Instant
  /** The JSON of a type that marshals itself. */
  readonly json?: () => string
}

export interface ComplexValue {
  readonly kind: 'complex'
  readonly type: GoType
  readonly real: number
  readonly imaginary: number
}

/** A Go value. `nil` is no value at all: an absent map key, JSON's null. */
export type Value =
  | { readonly kind: 'nil' }
  | { readonly kind: 'bool'; readonly type: GoType; readonly value: boolean }
  | { readonly kind: 'int' | 'uint'; readonly type: GoType; readonly value: bigint }
  | { readonly kind: 'float'; readonly type: GoType; readonly value: number }
  | ComplexValue
  | { readonly kind: 'string'; readonly type: GoType; readonly value: string }
  /** `items` is undefined for a nil slice. */
  | { readonly kind: 'slice'; readonly type: GoType; readonly items: readonly Value[] | undefined }
  /** Keys are text; `entries` is undefined for a nil map. */
  | {
      readonly kind: 'map'
      readonly type: GoType
      readonly entries: ReadonlyMap<string, Value> | undefined
      readonly method?: (name: string) => GoFunc | undefined
    }
  | StructValue
  /** `target` is undefined for a nil pointer. */
  | { readonly kind: 'pointer'; readonly type: GoType; readonly target: Value | undefined }
  /** What a container of `interface {}` holds; `inner` is undefined for nil. */
  | { readonly kind: 'interface'; readonly type: GoType; readonly inner: Value | undefined }
  | { readonly kind: 'func'; readonly type: GoType; readonly func: GoFunc }

export const NIL: Value = { kind: 'nil' }

export const BOOL: GoType = { kind: 'bool', name: 'bool' }
export const INT: GoType = { kind: 'int', name: 'int' }
export const INT64: GoType = { kind: 'int', name: 'int64' }
export const UINT8: GoType = { kind: 'uint', name: 'uint8' }
export const UINT32: GoType = { kind: 'uint', name: 'uint32' }
export const UINT64: GoType = { kind: 'uint', name: 'uint64' }
export const FLOAT: GoType = { kind: 'float', name: 'float64' }
export const COMPLEX: GoType = { kind: 'complex', name: 'complex128' }
export const STRING: GoType = { kind: 'string', name: 'string' }
export const ANY: GoType = { kind: 'interface', name: 'interface {}' }
export const REFLECT_VALUE: GoType = { kind: 'value', name: 'reflect.Value' }
export const STRINGS = sliceOf(STRING)
export const ANYS = sliceOf(ANY)
export const ANY_MAP = mapOf(STRING, ANY)

export function sliceOf(elem: GoType, name = `[]${elem.name}`): GoType {
  return { kind: 'slice', name, elem }
}

export function mapOf(key: GoType, elem: GoType, name = `map[${key.name}]${elem.name}`): GoType {
  return { kind: 'map', name, key, elem }
}

export function pointerTo(elem: GoType): GoType {
  return { kind: 'pointer', name: `*${elem.name}`, elem }
}

export function goString(value: string): Value {
  return { kind: 'string', type: STRING, value }
}

const TRUE: Value = { kind: 'bool', type: BOOL, value: true }
const FALSE: Value = { kind: 'bool', type: BOOL, value: false }

export function goBool(value: boolean): Value {
  return value ? TRUE : FALSE
}

export function goInt(value: number | bigint): Value {
  return { kind: 'int', type: INT, value: BigInt(value) }
}

export function goStrings(values: readonly string[]): Value {
  return { kind: 'slice', type: STRINGS, items: values.map(goString) }
}

/** The name of a value's type, for error texts. */
export function typeName(value: Value): string {
  return value.kind === 'nil' ? 'nil' : value.type.name
}

/** What Go fills a variable of the type with. */
export function zero(type: GoType): Value {
  switch (type.kind) {
    case 'bool':
      return { kind: 'bool', type, value: false }
    case 'int':
    case 'uint':
      return { kind: type.kind, type, value: 0n }
    case 'float':
      return { kind: 'float', type, value: 0 }
    case 'string':
      return { kind: 'string', type, value: '' }
    case 'slice':
      return { kind: 'slice', type, items: undefined }
    case 'map':
      return { kind: 'map', type, entries: undefined }
    case 'struct':
      return { kind: 'struct', type, fields: new Map(type.fields?.map((field) => [field.name, zero(field.type)])) }
    case 'pointer':
      return { kind: 'pointer', type, target: undefined }
    case 'interface':
      return { kind: 'interface', type, inner: undefined }
    default:
      return NIL
  }
}

/** A value read out of a slice or map, which keeps the static type `interface {}` it had there. */
export function held(container: GoType, value: Value): Value {
  const type = container.elem
  if (type?.kind !== 'interface' || value.kind === 'interface') return value
  return { kind: 'interface', type, inner: value.kind === 'nil' ? undefined : value }
}

/** What an interface holds; other values as they are. */
export function opened(value: Value): Value {
  return value.kind === 'interface' ? (value.inner ?? NIL) : value
}

/** Follows pointers and interfaces to what they lead to; to the last of them where that is nil. */
export function followed(value: Value): Value {
  let at = value
  for (;;) {
    const next = at.kind === 'pointer' ? at.target : at.kind === 'interface' ? at.inner : undefined
    if (next === undefined) return at
    at = next
  }
}

/** Go's idea of true for `if`, `and` and the rest: not the zero value, not empty. */
export function isTrue(value: Value): boolean {
  switch (value.kind) {
    case 'nil':
      return false
    case 'bool':
      return value.value
    case 'int':
    case 'uint':
      return value.value !== 0n
    case 'float':
      return value.value !== 0
    case 'complex':
      return value.real !== 0 || value.imaginary !== 0
    case 'string':
      return value.value !== ''
    case 'slice':
      return (value.items ?? []).length > 0
    case 'map':
      return (value.entries?.size ?? 0) > 0
    case 'pointer':
      return value.target !== undefined
    case 'interface':
      return value.inner !== undefined
    default:
      return true
  }
}

/** Go prints maps and ranges over them in the order of their keys, compared by bytes. */
export function sortedEntries(entries: ReadonlyMap<string, Value> | undefined): [string, Value][] {
  return [...(entries ?? [])].sort(([a], [b]) => compareText(a, b))
}

/** Text in the order of its bytes, which is that of its code points. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  let index = 0
  while (a[index] === b[index]) index++
  const left = a.charCodeAt(index)
  const right = b.charCodeAt(index)
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.isNaN(left) ? -1 : 1
  // Halves of a pair stand for code points beyond all single units.
  const isPair = (unit: number) => unit >= 0xd800 && unit < 0xe000
  return isPair(left) === isPair(right) ? left - right : isPair(left) ? 1 : -1
}
