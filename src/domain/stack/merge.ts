// How the fields of a service from several files are merged where it is not the usual way (docker/cli compose/loader merge).
import type { Int64 } from '../go/int.ts'

/** Returns a merge of lists in which a later entry replaces one with the same key. The result is sorted by the key. */
export function mergeByKey<K extends string>(key: K) {
  return <T extends Readonly<Record<K, string>>>(base: readonly T[], override: readonly T[]): readonly T[] => {
    const merged = new Map([...base, ...override].map((entry) => [entry[key], entry]))
    return [...merged.values()].sort((a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0))
  }
}

interface Port {
  readonly mode: string
  readonly target: Int64
  readonly published: Int64
  readonly protocol: string
}

/** Merges ports; equal ones are merged. The result is sorted by the published port. */
export function mergePorts<T extends Port>(base: readonly T[], override: readonly T[]): readonly T[] {
  const merged = new Map(
    [...base, ...override].map((port) => [`${port.mode} ${port.target} ${port.published} ${port.protocol}`, port]),
  )
  return [...merged.values()].sort((a, b) => Number(a.published) - Number(b.published))
}

interface Logging {
  driver: string
  options: ReadonlyMap<string, string>
}

/** Merges the options of the same driver; another driver replaces the earlier one and its options. */
export function mergeLogging(base: Logging, override: Logging): Logging {
  if (base.driver !== override.driver && base.driver !== '' && override.driver !== '') return override
  const options = new Map([...base.options, ...override.options])
  return { driver: base.driver || override.driver, options }
}

interface Network {
  aliases: readonly string[]
  ipv4_address: string
  ipv6_address: string
}

/** The aliases are replaced, and addresses if the later file has them. */
export function mergeNetwork<T extends Network>(base: T, override: T): T {
  return {
    ...base,
    aliases: override.aliases,
    ipv4_address: override.ipv4_address || base.ipv4_address,
    ipv6_address: override.ipv6_address || base.ipv6_address,
  }
}
