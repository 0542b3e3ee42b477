/** Go's types and values as templates see them. */
import type { Instant } from '../../domain/go/instant.ts'

/** Go's kinds of types that occur in templates. `value` is reflect.Value, the parameter type of builtin functions. */
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

/** A Go type. Errors contain its name, and arguments are checked against it. */
export interface GoType {
  readonly kind: Kind
  /** The name as Go prints it: `string`, `[]string`, `map[string]interface {}`, `*container.State`. */
  readonly name: string
  /** The type of the elements of a slice or map, or the type that a pointer points to. */
  readonly elem?: GoType
  /** The type of a map's keys. */
  readonly key?: GoType
  /** The fields of a struct, in the order of their declaration. */
  readonly fields?: readonly StructField[]
  /** Whether a string type is json.Number, which JSON prints without quotes. */
  readonly isNumber?: boolean
  /** The String method of an integer type (time.Duration). */
  readonly formatInteger?: (value: bigint) => string
  /** Whether a struct type has a String method. */
  readonly hasStringMethod?: boolean
  /** The String method of a struct type, for values that `decode` makes. */
  readonly formatStruct?: (fields: Fields) => string
  readonly methods?: ReadonlyMap<string, Method> | undefined
  /** Parses the fields of a struct type that JSON represents as a string. */
  readonly parseText?: (text: string) => Fields
  /** Whether JSON prints the fields of a struct in the order of their names. */
  readonly isJsonSorted?: boolean
}

export interface StructField {
  readonly name: string
  /** The key in JSON; empty for a field that JSON omits. */
  readonly json: string
  readonly omitEmpty: boolean
  readonly type: GoType
  /** Whether the field is an embedded struct or pointer to one, whose fields can be used like the struct's own. */
  readonly embedded: boolean
}

/** A function that templates can call. */
export interface GoFunc {
  readonly parameters: readonly GoType[]
  /** The type of the variadic arguments; absent if there are none. */
  readonly rest?: GoType
  /** Whether this is Go's `call`, whose errors contain the source of its first argument. */
  readonly isCall?: boolean
  /** May throw an Error, which the template reports as `error calling NAME: message`. */
  readonly call: (args: readonly Value[]) => Value
}

/** Functions by name. */
export type Functions = ReadonlyMap<string, GoFunc>

/** A method of a type. */
export interface Method extends Pick<GoFunc, 'parameters' | 'rest'> {
  /** May throw an Error, as functions do. */
  readonly call: (receiver: Value, ...args: Value[]) => Value
}

/** The values of a struct's fields by name. They are iterated in the order of their declaration. */
export interface Fields extends Iterable<[string, Value]> {
  get(name: string): Value | undefined
  has(name: string): boolean
}

export interface StructValue {
  readonly kind: 'struct'
  readonly type: GoType
  readonly fields: Fields
  /** Returns a method of this value, in addition to those of its type. */
  readonly findMethod?: (name: string) => GoFunc | undefined
  /** Calls a method without parameters. This is faster than `findMethod`, and most fields of rows are such methods. */
  readonly methodResult?: (name: string) => Value | undefined
  /** The String method. */
  readonly toText?: () => string
  /** The GoString method, for `%#v`. */
  readonly toGoSyntax?: () => string
  /** The instant of a time.Time. */
  readonly instant?: Instant
  /** The MarshalJSON method. */
  readonly toJson?: () => string
}

export interface ComplexValue {
  readonly kind: 'complex'
  readonly type: GoType
  readonly real: number
  readonly imaginary: number
}

/** A Go value. The kind `nil` is the absence of a value: an absent map key or JSON's null. */
export type Value =
  | { readonly kind: 'nil' }
  | { readonly kind: 'bool'; readonly type: GoType; readonly value: boolean }
  | { readonly kind: 'int' | 'uint'; readonly type: GoType; readonly value: bigint }
  | { readonly kind: 'float'; readonly type: GoType; readonly value: number }
  | ComplexValue
  | { readonly kind: 'string'; readonly type: GoType; readonly value: string }
  /** `items` is undefined for a nil slice. */
  | { readonly kind: 'slice'; readonly type: GoType; readonly items: readonly Value[] | undefined }
  /** Keys are strings; `entries` is undefined for a nil map. */
  | {
      readonly kind: 'map'
      readonly type: GoType
      readonly entries: ReadonlyMap<string, Value> | undefined
      readonly findMethod?: (name: string) => GoFunc | undefined
    }
  | StructValue
  /** `target` is undefined for a nil pointer. */
  | { readonly kind: 'pointer'; readonly type: GoType; readonly target: Value | undefined }
  /** A value in a variable or container of type `interface {}`; `inner` is undefined for nil. */
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
/** Go's interface for errors. */
export const ERROR: GoType = { kind: 'interface', name: 'error' }
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

/** Returns the name of a value's type, for errors. */
export function typeName(value: Value): string {
  return value.kind === 'nil' ? 'nil' : value.type.name
}

/** Returns the string of a string value; empty for other values. */
export function textOf(value: Value | undefined): string {
  return value?.kind === 'string' ? value.value : ''
}

/** Returns the zero value of a type. */
export function zeroValue(type: GoType): Value {
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
      return { kind: 'struct', type, fields: new Map(type.fields?.map((field) => [field.name, zeroValue(field.type)])) }
    case 'pointer':
      return { kind: 'pointer', type, target: undefined }
    case 'interface':
      return { kind: 'interface', type, inner: undefined }
    default:
      return NIL
  }
}

/** Returns an element of a slice or map. An element of static type `interface {}` keeps that type. */
export function elementOf(container: GoType, value: Value): Value {
  const type = container.elem
  if (type?.kind !== 'interface' || value.kind === 'interface') return value
  return { kind: 'interface', type, inner: value.kind === 'nil' ? undefined : value }
}

/** Returns the value in an interface; other values unchanged. */
export function unwrap(value: Value): Value {
  return value.kind === 'interface' ? (value.inner ?? NIL) : value
}

/** Returns the result of a pipeline: only the empty interface is unwrapped, so that a nil error prints as `<nil>`. */
export function unwrapResult(value: Value): Value {
  return value.kind === 'interface' && value.type === ERROR && value.inner === undefined ? value : unwrap(value)
}

/** Follows pointers and interfaces up to the first other value, or to the last of them if it is nil. */
export function dereference(value: Value): Value {
  let current = value
  for (;;) {
    const next = current.kind === 'pointer' ? current.target : current.kind === 'interface' ? current.inner : undefined
    if (next === undefined) return current
    current = next
  }
}

/** Whether a value is true for `if`, `and` and `or` (text/template IsTrue): neither the zero value nor empty. */
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

/** Returns the entries of a map in the order in which Go prints them and ranges over them: by the bytes of their keys. */
export function sortedEntries(entries: ReadonlyMap<string, Value> | undefined): [string, Value][] {
  return [...(entries ?? [])].sort(([a], [b]) => compareText(a, b))
}

/** Compares strings by their bytes, which is the order of their code points. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0
  let index = 0
  while (a[index] === b[index]) index++
  const left = a.charCodeAt(index)
  const right = b.charCodeAt(index)
  if (Number.isNaN(left) || Number.isNaN(right)) return Number.isNaN(left) ? -1 : 1
  // Surrogates are halves of code points that are greater than all single UTF-16 units.
  const isSurrogate = (unit: number) => unit >= 0xd800 && unit < 0xe000
  return isSurrogate(left) === isSurrogate(right) ? left - right : isSurrogate(left) ? 1 : -1
}

/** Whether a name begins with a lower-case letter or underscore, so that a struct field is private to its package. */
export function isUnexported(name: string): boolean {
  const first = name.charCodeAt(0)
  return (first >= 0x61 && first <= 0x7a) || first === 0x5f
}
