// Compares requests and parts of them, as far as a daemon sees a difference.
import { isObject } from '../../go/fields.ts'
import type { CreateBody } from '../create-request.ts'

/** Whether two values are the same for a daemon, for which null, zero, false and anything empty are no value. */
export function isSame(one: unknown, other: unknown): boolean {
  return comparableText(one) === comparableText(other)
}

/** Returns a JSON text in which empty values are left out and keys are sorted. */
function comparableText(value: unknown): string {
  return JSON.stringify(withoutEmpty(value), (_, part) => (typeof part === 'bigint' ? String(part) : part)) ?? ''
}

/** Returns the value with sorted keys and without empty parts; undefined if nothing remains. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.length > 0 ? value.map((item) => withoutEmpty(item) ?? null) : undefined
  if (!isObject(value)) return value === null || value === '' || value === 0 || value === false ? undefined : value
  const fields = withoutEmptyFields(value)
  return Object.keys(fields).length > 0 ? fields : undefined
}

/** Returns the fields with sorted names and without empty ones. */
function withoutEmptyFields<T extends object>(object: T): Partial<T>
function withoutEmptyFields(object: object): object {
  const fields = Object.entries(object)
    .map(([name, field]): [string, unknown] => [name, withoutEmpty(field)])
    .filter(([, field]) => field !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(fields)
}

/** A part of a request that another request has not, or has with another value. */
export interface Difference {
  /** Such as `HostConfig.Isolation`. */
  readonly path: string
  /** The value as JSON; undefined for a part that only the other request has. */
  readonly value: string | undefined
}

/** Returns in what a create request differs from another one for the daemon. */
export function differences(body: CreateBody, other: CreateBody): Difference[] {
  return [...differingParts(comparable(body), comparable(other), '')]
}

function* differingParts(one: unknown, other: unknown, path: string): Generator<Difference> {
  if (isObject(one) && isObject(other)) {
    for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
      yield* differingParts(one[name], other[name], path === '' ? name : `${path}.${name}`)
    }
  } else if (!isSame(one, other)) {
    yield { path, value: isSame(one, undefined) ? undefined : comparableText(one) }
  }
}

/** The maps in which an empty value is a value. */
const MAPS = new Set(['Annotations', 'Config', 'DriverOpts', 'ExposedPorts', 'Labels', 'Options', 'StorageOpt'])
for (const name of ['Sysctls', 'Tmpfs', 'Volumes']) MAPS.add(name)

/** Returns a request in which no value is empty that means something to the daemon. The size of the terminal is left out. */
function comparable(body: CreateBody): unknown {
  const { HostConfig: host, NetworkingConfig, StopTimeout, ...config } = body
  const { [host.NetworkMode]: first, ...others } = NetworkingConfig.EndpointsConfig
  return withVisibleEntries({
    ...config,
    StopTimeout: visible(StopTimeout),
    HostConfig: {
      ...host,
      ConsoleSize: null,
      Init: visible(host.Init),
      MemorySwappiness: visible(host.MemorySwappiness),
      MaskedPaths: visible(host.MaskedPaths),
      ReadonlyPaths: visible(host.ReadonlyPaths),
    },
    Networks: {
      ...(first === undefined ? {} : { [host.NetworkMode]: first }),
      ...Object.fromEntries(Object.entries(others).map(([name, endpoint]) => [name, { ...endpoint, IsJoined: true }])),
    },
  })
}

/** Returns a text for a value that is not absent, even if it is empty. */
function visible(value: unknown): unknown {
  return value === undefined || value === null || (Array.isArray(value) && value.length > 0) ? value : String(value)
}

/** Replaces the empty values in maps. */
function withVisibleEntries(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => withVisibleEntries(item))
  if (!isObject(value)) return value
  const isMap = MAPS.has(name)
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]): [string, unknown] => {
      if (isMap && isSame(entry, undefined)) return [key, 'empty']
      return [key, isMap ? entry : withVisibleEntries(entry, key)]
    }),
  )
}
