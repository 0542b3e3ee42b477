/**
 * The types of docker's model of a Compose file. A kind decodes a value of YAML as docker's decoder, mapstructure, does;
 * merges two values as its library mergo does; and encodes a value for `stack config`.
 */

import { messageOf } from '../errors.ts'
import { formatDuration, parseDuration } from '../go/duration.ts'
import { shortestFloat32 } from '../go/float.ts'
import { type Int64, toInt64 } from '../go/int.ts'
import { goType, isInteger, isSequence, printValue, YamlFloat, type YamlMap, type YamlValue } from './value.ts'
import { sortedEntries } from './yaml-writer.ts'

/** A value could not be decoded. The messages are docker's, one for each part that is wrong. */
class DecodingError extends Error {
  readonly reasons: readonly string[]

  constructor(reasons: readonly string[]) {
    super(`decoding failed due to the following error(s):\n\n${reasons.join('\n')}`)
    this.reasons = reasons
  }
}

/** The methods are declared as methods, so that a kind of a narrower type is a kind of a wider one. */
export interface Kind<T> {
  /** The value of an absent field. */
  readonly zero: T
  /** @param path the name of the value in messages @throws DecodingError */
  decode(value: YamlValue, path: string): T
  /** Whether `stack config` omits the value, and a merge keeps the other one. */
  isEmpty(value: T): boolean
  /** Returns the value after a later file has set it to `override`. */
  merge(base: T, override: T): T
  encode(value: T): YamlValue
}

export type ValueOf<K> = K extends Kind<infer T> ? T : never

/** The fields of a struct by their keys in YAML, in the order in which `stack config` prints them. */
type Fields = Readonly<Record<string, Kind<unknown>>>

type StructOf<F> = { -readonly [K in keyof F]: ValueOf<F[K]> }

/** Keys whose field has another name in docker's messages than the key with a capital letter. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  healthcheck: 'HealthCheck',
  dns: 'DNS',
  uid: 'UID',
  gid: 'GID',
}
const SAME_NAMES = new Set(['cpus', 'memory', 'pids', 'nocopy', 'tty', 'isolation', 'domainname'])

function fieldName(key: string): string {
  if (/[_-]/.test(key) || SAME_NAMES.has(key)) return key
  return FIELD_NAMES[key] ?? `${key.slice(0, 1).toUpperCase()}${key.slice(1)}`
}

function refuse(reason: string): never {
  throw new DecodingError([reason])
}

/** Runs the work and collects the reasons of a DecodingError. */
function collect<T>(reasons: string[], work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof DecodingError)) throw error
    reasons.push(...error.reasons)
    return undefined
  }
}

function unexpectedType(path: string, expected: string, value: YamlValue): never {
  return refuse(
    `'${path}' expected type '${expected}', got unconvertible type '${goType(value)}', value: '${printValue(value)}'`,
  )
}

/** Completes a kind of scalars: the later value wins unless it is empty. */
function scalar<T extends string | boolean | Int64>(
  zero: T,
  decode: (value: YamlValue, path: string) => T,
  encode: (value: T) => YamlValue = (value) => value,
): Kind<T> {
  const isEmpty = (value: T) => value === zero
  return {
    zero,
    decode: (value, path) => (value === null ? zero : decode(value, path)),
    isEmpty,
    merge: (base, override) => (isEmpty(override) ? base : override),
    encode,
  }
}

export const text = scalar('', (value, path) =>
  typeof value === 'string' ? value : unexpectedType(path, 'string', value),
)

export const flag = scalar<boolean>(false, (value, path) =>
  typeof value === 'boolean' ? value : unexpectedType(path, 'bool', value),
)

/** An integer of Go; `uint32` keeps the low 32 bits. */
export function integer(type: 'int64' | 'uint64' | 'uint32'): Kind<Int64> {
  return scalar<Int64>(0, (value, path) => {
    if (value instanceof YamlFloat) {
      if (type !== 'int64' && value.value < 0)
        refuse(`cannot parse '${path}', ${value.value.toFixed(6)} overflows uint`)
      return toInt64(BigInt(Math.trunc(value.value)))
    }
    if (!isInteger(value)) return unexpectedType(path, type, value)
    if (type !== 'int64' && value < 0) refuse(`cannot parse '${path}', ${value} overflows uint`)
    if (type === 'uint32') return Number(BigInt.asUintN(32, BigInt(value)))
    return type === 'int64' ? toInt64(BigInt.asIntN(64, BigInt(value))) : value
  })
}

/** A float32, in its shortest decimal form. */
export const ratio = scalar<number>(
  0,
  (value, path) => {
    if (value instanceof YamlFloat) return shortestFloat32(value.value)
    return isInteger(value) ? shortestFloat32(Number(value)) : unexpectedType(path, 'float32', value)
  },
  (value) => new YamlFloat(value),
)

/** A duration in nanoseconds. */
export const duration = scalar<Int64>(
  0,
  (value, path) => hooked(path, () => parseDuration(typeof value === 'string' ? value : refuseType(value, 'duration'))),
  (value) => formatDuration(BigInt(value)),
)

/** Throws docker's reason for a value that a field cannot be converted from. */
export function refuseType(value: YamlValue, field: string): never {
  throw new Error(`invalid type ${goType(value)} for ${field}`)
}

/** Converts a value as docker does before it decodes it. The reasons name the path. */
function hooked<T>(path: string, convert: () => T): T {
  try {
    return convert()
  } catch (error) {
    if (error instanceof DecodingError) throw error
    return refuse(`error decoding '${path}': ${messageOf(error)}`)
  }
}

/** A pointer: undefined unless the file sets it. */
export function optional<T>(kind: Kind<T>, merge = kind.merge.bind(kind)): Kind<T | undefined> {
  return {
    zero: undefined,
    decode: (value, path) => (value === null ? undefined : kind.decode(value, path)),
    isEmpty: (value) => value === undefined,
    merge: (base, override) => {
      if (override === undefined) return base
      return base === undefined ? override : merge(base, override)
    },
    encode: (value) => (value === undefined ? null : kind.encode(value)),
  }
}

/** A list. Merging appends the later one, unless another way is given. */
export function list<T>(
  kind: Kind<T>,
  merge: (base: readonly T[], override: readonly T[]) => readonly T[] = (base, override) => [...base, ...override],
): Kind<readonly T[]> {
  return {
    zero: [],
    decode: (value, path) => {
      if (value === null) return []
      // mapstructure makes a list of a single value.
      const items = isSequence(value) ? value : [value]
      const reasons: string[] = []
      const decoded = items.flatMap((item, index) => {
        const result = collect(reasons, () => ({ item: kind.decode(item, `${path}[${index}]`) }))
        return result ? [result.item] : []
      })
      if (reasons.length > 0) throw new DecodingError(reasons)
      return decoded
    },
    isEmpty: (value) => value.length === 0,
    merge: (base, override) => (base.length === 0 ? override : merge(base, override)),
    encode: (value) => value.map((item) => kind.encode(item)),
  }
}

/** A map. Merging takes the later value of a common key, unless another way is given. */
export function mapOf<T>(
  kind: Kind<T>,
  merge: (base: T, override: T) => T = (_, override) => override,
): Kind<ReadonlyMap<string, T>> {
  return {
    zero: new Map(),
    decode: (value, path) => {
      if (value === null) return new Map()
      if (!(value instanceof Map)) return unexpectedType(path, 'map', value)
      const reasons: string[] = []
      const decoded = new Map<string, T>()
      for (const [key, member] of value) {
        collect(reasons, () => decoded.set(key, kind.decode(member, `${path}[${key}]`)))
      }
      if (reasons.length > 0) throw new DecodingError(reasons)
      return decoded
    },
    isEmpty: (value) => value.size === 0,
    merge: (base, override) => {
      const merged = new Map(base)
      for (const [key, value] of override) {
        const current = merged.get(key)
        merged.set(key, current === undefined ? value : merge(current, value))
      }
      return merged
    },
    encode: (value) => new Map(sortedEntries(value).map(([key, member]) => [key, kind.encode(member)])),
  }
}

/** A kind whose values are converted from another form before they are decoded. */
export function converted<T>(kind: Kind<T>, convert: (value: YamlValue) => YamlValue): Kind<T> {
  return {
    zero: kind.zero,
    decode: (value, path) => kind.decode(value === null ? null : hooked(path, () => convert(value)), path),
    isEmpty: kind.isEmpty.bind(kind),
    merge: kind.merge.bind(kind),
    encode: kind.encode.bind(kind),
  }
}

/** A field that `stack config` prints even if it is empty. */
export function printed<T>(kind: Kind<T>): Kind<T> {
  return { ...converted(kind, (value) => value), isEmpty: () => false }
}

/** A struct with the given fields; other keys are ignored. */
export function struct<F extends Fields>(fields: F): Kind<StructOf<F>>
export function struct(fields: Fields): Kind<Record<string, unknown>> {
  const entries = Object.entries(fields)
  const isEmpty = (value: Record<string, unknown>) => entries.every(([key, kind]) => kind.isEmpty(value[key]))
  return {
    zero: Object.fromEntries(entries.map(([key, kind]) => [key, kind.zero])),
    decode: (value, path) => {
      if (value !== null && !(value instanceof Map)) refuse(`'${path}' expected a map, got '${goType(value)}'`)
      const reasons: string[] = []
      const decoded = entries.map(([key, kind]): [string, unknown] => {
        const member = value ? memberOf(value, key) : undefined
        const memberPath = `${path === '' ? '' : `${path}.`}${fieldName(key)}`
        const result = member === undefined ? kind.zero : collect(reasons, () => kind.decode(member, memberPath))
        return [key, result ?? kind.zero]
      })
      if (reasons.length > 0) throw new DecodingError(reasons)
      return Object.fromEntries(decoded)
    },
    isEmpty,
    merge: (base, override) =>
      Object.fromEntries(entries.map(([key, kind]) => [key, kind.merge(base[key], override[key])])),
    encode: (value) => {
      const present = entries.filter(([key, kind]) => !kind.isEmpty(value[key]))
      return new Map(present.map(([key, kind]) => [key, kind.encode(value[key])]))
    },
  }
}

/** Finds the member of a field. As in docker, the case of a key is ignored if no key matches exactly. */
function memberOf(map: YamlMap, key: string): YamlValue | undefined {
  const exact = map.get(key)
  if (exact !== undefined) return exact
  return [...map].find(([name]) => name.toLowerCase() === key)?.[1]
}
