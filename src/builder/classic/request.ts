import { lastOfEach, resolveVariable, withProxies } from '../../domain/container/env.ts'
import type { Ulimit } from '../../domain/container/ulimit.ts'
import type { Int64 } from '../../domain/go/int.ts'
import { jsonString } from '../../domain/go/json-text.ts'
import { keyValueMap, splitKeyValue } from '../../domain/key-value.ts'
import type { RegistryAuth } from '../../domain/registry/registry.ts'

/** The flags of `build` that the classic builder sends to the daemon. */
export interface BuildFlags {
  readonly 'add-host': readonly string[]
  readonly 'build-arg': readonly string[]
  readonly 'cache-from': readonly string[]
  readonly 'cgroup-parent': string
  readonly 'cpu-period': Int64
  readonly 'cpu-quota': Int64
  readonly 'cpu-shares': Int64
  readonly 'cpuset-cpus': string
  readonly 'cpuset-mems': string
  readonly 'force-rm': boolean
  readonly isolation: string
  readonly label: readonly string[]
  readonly memory: Int64
  readonly 'memory-swap': Int64
  readonly network: string
  readonly 'no-cache': boolean
  readonly pull: boolean
  readonly quiet: boolean
  readonly rm: boolean
  readonly 'security-opt': readonly string[]
  readonly 'shm-size': Int64
  readonly squash: boolean
  readonly tag: readonly string[]
  readonly target: string
  readonly ulimit: readonly Ulimit[]
}

/** The parts of a build request that do not come from its flags. */
export interface BuildEnvironment {
  /** The Dockerfile within the context; empty for the daemon's default. */
  readonly dockerfile: string
  /** `os/arch[/variant]`; empty for the daemon's own. */
  readonly platform: string
  /** The environment that `--build-arg NAME` takes values from. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Proxies of config.json, by name in capitals. */
  readonly proxies: Readonly<Record<string, string>>
}

/**
 * Returns the query of `POST /build` for the classic builder. Like docker, it leaves out parameters with default
 * values.
 */
export function buildQuery(
  flags: BuildFlags,
  { dockerfile, platform, env, proxies }: BuildEnvironment,
): Record<string, string | Int64 | readonly string[] | undefined> {
  return {
    buildargs: encodeMap(parseBuildArguments(flags['build-arg'], env, proxies)),
    cachefrom: flags['cache-from'].length > 0 ? encodeList(flags['cache-from']) : undefined,
    cgroupparent: flags['cgroup-parent'] || undefined,
    cpuperiod: flags['cpu-period'] || undefined,
    cpuquota: flags['cpu-quota'] || undefined,
    cpusetcpus: flags['cpuset-cpus'] || undefined,
    cpusetmems: flags['cpuset-mems'] || undefined,
    cpushares: flags['cpu-shares'] || undefined,
    dockerfile: dockerfile || undefined,
    extrahosts: flags['add-host'],
    forcerm: flags['force-rm'] ? 1 : undefined,
    isolation: flags.isolation.toLowerCase() === 'default' ? undefined : flags.isolation || undefined,
    labels: encodeMap(keyValueMap(flags.label)),
    memory: flags.memory || undefined,
    memswap: flags['memory-swap'] || undefined,
    networkmode: flags.network === 'default' ? undefined : flags.network || undefined,
    nocache: flags['no-cache'] ? 1 : undefined,
    platform: platform.toLowerCase() || undefined,
    pull: flags.pull ? 1 : undefined,
    q: flags.quiet ? 1 : undefined,
    rm: flags.rm ? undefined : 0,
    securityopt: flags['security-opt'],
    shmsize: flags['shm-size'] || undefined,
    squash: flags.squash ? 1 : undefined,
    t: flags.tag,
    target: flags.target || undefined,
    ulimits: encodeUlimits(flags.ulimit),
    version: 1,
  }
}

/** Returns the X-Registry-Config header: all credentials, with which the daemon pulls base images. */
export function encodeRegistryConfig(auths: Readonly<Record<string, RegistryAuth>>): string {
  const entries = Object.entries(auths).map(([registry, auth]): [string, string] => [
    registry,
    `{${Object.entries(auth)
      .map(([name, value]) => `${encodeString(name)}:${encodeString(value)}`)
      .join(',')}}`,
  ])
  return encodeBase64Url(encodeObject(entries))
}

/** Reads build arguments. The last of a name wins; a name alone takes its value from the environment, or null. */
function parseBuildArguments(
  typed: readonly string[],
  env: BuildEnvironment['env'],
  proxies: BuildEnvironment['proxies'],
): Record<string, string | null> {
  const all = withProxies(lastOfEach(typed.map((text) => resolveVariable(text, env))), proxies)
  return Object.fromEntries(all.map(splitKeyValue).map(({ key, value }) => [key, value ?? null]))
}

function encodeUlimits(ulimits: readonly Ulimit[]): string | undefined {
  if (ulimits.length === 0) return undefined
  const byName = new Map(ulimits.map((ulimit) => [ulimit.Name, ulimit]))
  const sorted = [...byName.values()].sort((a, b) => (a.Name < b.Name ? -1 : 1))
  // docker's order of the members, which is that of the struct.
  const encode = ({ Name, Hard, Soft }: Ulimit) => `{"Name":${encodeString(Name)},"Hard":${Hard},"Soft":${Soft}}`
  return `[${sorted.map(encode).join(',')}]`
}

function encodeList(texts: readonly string[]): string {
  return `[${texts.map(encodeString).join(',')}]`
}

function encodeMap(map: Readonly<Record<string, string | null>>): string | undefined {
  const entries = Object.entries(map)
  if (entries.length === 0) return undefined
  return encodeObject(entries.map(([key, value]) => [key, value === null ? 'null' : encodeString(value)]))
}

/** Writes a JSON object like Go writes a map: sorted by the bytes of its keys. */
function encodeObject(entries: readonly (readonly [key: string, json: string])[]): string {
  const sorted = [...entries].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  return `{${sorted.map(([key, json]) => `${encodeString(key)}:${json}`).join(',')}}`
}

function encodeString(text: string): string {
  return jsonString(text, true)
}

/** Encodes with padding, which Node's `base64url` leaves out and Go's decoder requires. */
function encodeBase64Url(text: string): string {
  return Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_')
}
