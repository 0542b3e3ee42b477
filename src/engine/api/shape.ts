/**
 * Checks the shape of the daemon's JSON as docker's client does, which decodes it in Go: `null` is the zero value, and the
 * first value of another type is an error.
 */
import type { Filters } from '../../domain/filter.ts'
import { isObject, type JsonObject, jsonType } from '../../domain/go/fields.ts'
import { goJsonError } from '../../domain/go/json.ts'

/** The shape of a JSON value: the Go type that docker decodes it into, as far as tug uses it. */
export interface Shape {
  /** The name of the Go type, for docker's messages: `[]string`, `container.Summary`. */
  readonly goType: string
  readonly kind: 'string' | 'bool' | 'int' | 'uint' | 'float' | 'list' | 'map' | 'struct' | 'any'
  /** The shape of the items of a list or of the values of a map. */
  readonly item?: Shape
  /** The number of items of an array that Go declares with one. */
  readonly length?: number
  /** The fields of a struct. Others are left as they are. */
  readonly fields?: Readonly<Record<string, Shape>>
  /** The name of the embedded struct that the field belongs to, for docker's messages. */
  readonly embeddedIn?: string
  /** Whether an absent field gets its zero value. */
  readonly isFilled?: boolean
}

export const STRING: Shape = { goType: 'string', kind: 'string' }
export const BOOL: Shape = { goType: 'bool', kind: 'bool' }
export const INT: Shape = { goType: 'int', kind: 'int' }
export const INT64: Shape = { goType: 'int64', kind: 'int' }
export const UINT16: Shape = { goType: 'uint16', kind: 'uint' }
export const UINT32: Shape = { goType: 'uint32', kind: 'uint' }
export const UINT64: Shape = { goType: 'uint64', kind: 'uint' }
export const ANY: Shape = { goType: 'interface {}', kind: 'any' }

/** Returns the shape of a slice. @param goType if it is not `[]` and the type of the items */
export function list(item: Shape, goType = `[]${item.goType}`): Shape {
  return { goType, kind: 'list', item }
}

/** Returns the shape of a map with keys that are strings. */
export function map(item: Shape): Shape {
  return { goType: `map[string]${item.goType}`, kind: 'map', item }
}

/**
 * Returns the shape of a struct.
 * @param goType with its package: `container.Summary`
 * @param createFields returns the fields; it is called when they are first used, since most shapes are not used
 */
export function struct(goType: string, createFields: () => Readonly<Record<string, Shape>>): Shape {
  let created: Readonly<Record<string, Shape>> | undefined
  return {
    goType,
    kind: 'struct',
    get fields() {
      created ??= createFields()
      return created
    },
  }
}

/** Returns the shape of fields that belong to a struct that Go embeds in another. */
export function embedded(embeddedIn: string, fields: Readonly<Record<string, Shape>>): Record<string, Shape> {
  return Object.fromEntries(Object.entries(fields).map(([name, shape]) => [name, { ...shape, embeddedIn }]))
}

/** Returns the shape of a field that has its zero value when it is absent. */
export function filled(shape: Shape): Shape {
  return { ...shape, isFilled: true }
}

/** The shape of a list with strings. */
export const STRINGS: Shape = { goType: '[]string', kind: 'list', item: STRING }
export const LABELS: Shape = { goType: 'map[string]string', kind: 'map', item: STRING }

/**
 * Returns a response that must be a list. Daemons send `null` for an empty list.
 * @param item the shape of its items
 * @param goType if it is not `[]` and the type of the items
 * @throws Error with docker's message for another type
 */
export function asList<T extends object>(
  response: readonly T[] | null | undefined,
  item: Shape,
  goType = `[]${item.goType}`,
): T[] {
  if (response === undefined) throw new Error('EOF')
  if (response === null) return []
  if (!Array.isArray(response)) throw mismatchError(jsonType(response), goType)
  new Decoder().decode(response, list(item))
  return response
}

/**
 * Returns a response that must be an object; an empty one for `null`.
 * @throws Error with docker's message for another type
 */
export function asObject<T extends object>(response: T | null | undefined, shape: Shape): Partial<T> {
  if (response === undefined) throw new Error('EOF')
  if (response === null) return {}
  if (!isObject(response)) throw mismatchError(jsonType(response), shape.goType)
  new Decoder().decode(response, shape)
  return response
}

/** Checks a JSON value that is not a response. @throws Error with docker's message for another type */
export function checkValue(value: unknown, shape: Shape): void {
  new Decoder().decode(value, shape)
}

/** Checks that a text is one JSON object. @throws Error with docker's message when it is not */
export function checkObjectText(text: string, goType: string): void {
  if (text.trim() === '') throw new Error('EOF')
  const problem = goJsonError(text)
  if (problem !== '') throw new Error(problem)
  if (!text.trimStart().startsWith('{')) throw mismatchError(jsonTypeOfText(text.trimStart()), goType)
}

/** Returns the name of the JSON type of a text that is a JSON value. */
function jsonTypeOfText(text: string): string {
  const [first = ''] = text
  return { '[': 'array', '"': 'string', t: 'bool', f: 'bool', n: 'null' }[first] ?? 'number'
}

function mismatchError(type: string, goType: string): Error {
  return new Error(`json: cannot unmarshal ${type} into Go value of type ${goType}`)
}

/** Checks a value and removes `null`, as Go's decoder does: the first error counts, once everything is decoded. */
class Decoder {
  #error: Error | undefined
  /** The names of the fields that lead from the response to the current value. */
  readonly #path: string[] = []
  /** The struct that contains the current value. */
  #struct = ''

  /** @throws Error with docker's message */
  decode(value: unknown, shape: Shape): void {
    this.#decode(value, shape)
    if (this.#error) throw this.#error
  }

  /** Decodes a value in place. @returns what takes its place in a list or map */
  #decode(value: unknown, shape: Shape): unknown {
    if (value === null) return zeroOf(shape)
    switch (shape.kind) {
      case 'any':
        return value
      case 'list':
        if (Array.isArray(value)) return this.#decodeItems(value, shape.item ?? ANY, shape.length)
        break
      case 'map':
        if (isObject(value)) return this.#decodeEntries(value, shape.item ?? ANY)
        break
      case 'struct':
        if (isObject(value)) return this.#decodeFields(value, shape)
        break
      default:
        if (isScalar(value, shape.kind)) return value
    }
    const isOfKind = typeof value === 'number' && (shape.kind === 'int' || shape.kind === 'uint')
    this.#fail(isOfKind ? `number ${value}` : jsonType(value), shape.goType)
    return zeroOf(shape)
  }

  #decodeItems(items: unknown[], shape: Shape, length = items.length): unknown[] {
    while (items.length < length) items.push(null)
    for (const [index, item] of items.entries()) {
      const decoded = this.#decode(item, shape)
      if (decoded !== item) items[index] = decoded
    }
    return items
  }

  #decodeEntries(entries: JsonObject, shape: Shape): JsonObject {
    for (const [key, value] of Object.entries(entries)) {
      const decoded = this.#decode(value, shape)
      if (decoded !== value) entries[key] = decoded
    }
    return entries
  }

  #decodeFields(object: JsonObject, { goType, fields = {} }: Shape): JsonObject {
    const outer = this.#struct
    // Structs without a name have none in docker's messages either.
    this.#struct = goType.startsWith('struct ') ? '' : goType.slice(goType.lastIndexOf('.') + 1)
    for (const name in fields) {
      const shape = fields[name] ?? ANY
      const value = object[name]
      if (value === undefined || value === null) {
        if (shape.isFilled) object[name] = zeroOf(shape)
        else if (value === null) delete object[name]
        continue
      }
      // Most fields are scalars of the right type, and need nothing else.
      if (isScalar(value, shape.kind)) continue
      this.#path.push(shape.embeddedIn === undefined ? name : `${shape.embeddedIn}.${name}`)
      const decoded = this.#decode(value, shape)
      if (decoded !== value) object[name] = decoded
      this.#path.pop()
    }
    this.#struct = outer
    return object
  }

  #fail(type: string, goType: string): void {
    this.#error ??=
      this.#path.length === 0
        ? mismatchError(type, goType)
        : new Error(
            `json: cannot unmarshal ${type} into Go struct field ${this.#struct}.${this.#path.join('.')} of type ${goType}`,
          )
  }
}

function isScalar(value: unknown, kind: Shape['kind']): boolean {
  if (kind === 'string') return typeof value === 'string'
  if (kind === 'bool') return typeof value === 'boolean'
  if (kind !== 'int' && kind !== 'uint' && kind !== 'float') return false
  // An integer that a number cannot hold exactly is a bigint.
  if (typeof value !== 'number' && typeof value !== 'bigint') return false
  const isInteger = typeof value === 'bigint' || Number.isInteger(value)
  return kind === 'float' || (isInteger && (kind === 'int' || value >= 0))
}

/** Returns Go's zero value of a type, with empty lists, maps and structs. */
function zeroOf({ kind, fields = {}, item = ANY, length = 0 }: Shape): unknown {
  if (kind === 'string') return ''
  if (kind === 'bool') return false
  if (kind === 'list') return Array.from({ length }, () => zeroOf(item))
  if (kind === 'map') return {}
  if (kind === 'any') return null
  if (kind !== 'struct') return 0
  const zeros = Object.entries(fields).filter(([, shape]) => shape.isFilled)
  return Object.fromEntries(zeros.map(([name, shape]) => [name, zeroOf(shape)]))
}

/** Returns undefined for empty filters, because docker omits the parameter then. */
export function nonEmpty(filters: Filters): Filters | undefined {
  return Object.keys(filters).length > 0 ? filters : undefined
}
