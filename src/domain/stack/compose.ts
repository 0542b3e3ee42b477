// docker's model of a Compose file: services, networks, volumes, secrets and configs with their fields.
import type { Int64 } from '../go/int.ts'
import { splitShellWords } from '../shell-words.ts'
import { parseRamBytes } from '../size.ts'
import {
  converted,
  duration,
  flag,
  integer,
  type Kind,
  list,
  mapOf,
  optional,
  printed,
  ratio,
  refuseType,
  struct,
  text,
  type ValueOf,
} from './kind.ts'
import { mergeByKey, mergeLogging, mergeNetwork, mergePorts } from './merge.ts'
import { expandPorts } from './port.ts'
import { goType, isInteger, isSequence, printValue, type YamlMap, type YamlValue } from './value.ts'
import { parseVolume } from './volume.ts'

const texts = list(text)

/** A list of strings, or a single one. */
const stringList = converted(texts, (value) => (typeof value === 'string' ? [value] : value))

/** A command line: a list of words, or a text that is split as a shell splits it. */
const command = converted(
  list(text, (base, override) => (override.length > 0 ? override : base)),
  (value) => (typeof value === 'string' ? splitShellWords(value) : value),
)

const healthTest = converted(texts, (value) => (typeof value === 'string' ? ['CMD-SHELL', value] : value))

const numbersAsTexts = converted(texts, (value) => (isSequence(value) ? value.map(printValue) : value))

/** Converts a list of `key=value` to a map. @param absent the value of a key without one */
function toMap(value: YamlValue, absent: null | ''): YamlValue {
  if (value instanceof Map) {
    return new Map([...value].map(([key, member]) => [key, member === null ? absent : printValue(member)]))
  }
  if (!isSequence(value)) return value
  return new Map(
    value.map((item): [string, YamlValue] => {
      const entry = printValue(item)
      const at = entry.indexOf('=')
      return at < 0 ? [entry, absent] : [entry.slice(0, at), entry.slice(at + 1)]
    }),
  )
}

const textMap = converted(mapOf(text), (value) => toMap(value, ''))

const variable = optional(text)

/** A map in which a key may have no value. */
const variables = converted(mapOf(variable, variable.merge), (value) => toMap(value, null))

/** Lines `host:address`, which a list may also separate by `=`. A mapping is sorted, a list is not. */
const hosts = converted(texts, (value) => {
  const lines = value instanceof Map ? hostsOfMap(value) : isSequence(value) ? hostsOfList(value) : []
  return lines.map((line) => line.replace(/^([^:]*):\[(.+)\]$/s, '$1:$2'))
})

function hostsOfMap(hosts: YamlMap): string[] {
  const addresses = [...hosts].filter(([, address]) => address !== null)
  return addresses.map(([host, address]) => `${host}:${formatText(address)}`).sort()
}

/** Formats a value as Go's verb `%s` does. */
function formatText(value: YamlValue): string {
  return typeof value === 'string' ? value : `%!s(${goType(value)}=${printValue(value)})`
}

function hostsOfList(hosts: readonly YamlValue[]): string[] {
  return hosts.flatMap((entry) => {
    const line = printValue(entry)
    const separator = line.includes('=') ? '=' : ':'
    return line.includes(separator) ? [line.replace(separator, ':')] : []
  })
}

/** A size in bytes. It is printed as a string. */
const size: Kind<Int64> = {
  ...converted(integer('int64'), (value) => (typeof value === 'string' ? parseRamBytes(value) : value)),
  encode: (value) => String(value),
}

const plainBuild = struct({
  context: text,
  dockerfile: text,
  args: variables,
  labels: textMap,
  cache_from: stringList,
  extra_hosts: hosts,
  network: text,
  target: text,
})
const build = converted(plainBuild, (value) => (typeof value === 'string' ? new Map([['context', value]]) : value))

const healthcheck = struct({
  test: healthTest,
  timeout: optional(duration),
  interval: optional(duration),
  retries: optional(integer('uint64'), (_, override) => override),
  start_period: optional(duration),
  start_interval: optional(duration),
  disable: flag,
})

const pointerToUint64 = optional(integer('uint64'), (_, override) => override)

const updateConfig = struct({
  parallelism: pointerToUint64,
  delay: duration,
  failure_action: text,
  monitor: duration,
  max_failure_ratio: ratio,
  order: text,
})

const genericResource = struct({
  discrete_resource_spec: optional(struct({ kind: printed(text), value: printed(integer('int64')) })),
})

const deploy = struct({
  mode: text,
  replicas: pointerToUint64,
  labels: textMap,
  update_config: optional(updateConfig),
  rollback_config: optional(updateConfig),
  resources: struct({
    limits: optional(struct({ cpus: text, memory: size, pids: integer('int64') })),
    reservations: optional(struct({ cpus: text, memory: size, generic_resources: list(genericResource) })),
  }),
  restart_policy: optional(
    struct({
      condition: text,
      delay: optional(duration),
      max_attempts: pointerToUint64,
      window: optional(duration),
    }),
  ),
  placement: struct({
    constraints: texts,
    preferences: list(struct({ spread: text })),
    max_replicas_per_node: integer('uint64'),
  }),
  endpoint_mode: text,
})

const plainFileReference = struct({
  source: text,
  target: text,
  uid: text,
  gid: text,
  mode: optional(integer('uint32'), (_, override) => override),
})
export type FileReference = ValueOf<typeof plainFileReference>

/** A secret or a config that a service uses; its name alone is enough. */
const fileReference = converted(plainFileReference, (value) => {
  if (typeof value === 'string') return new Map([['source', value]])
  return value instanceof Map ? value : refuseType(value, 'secret')
})

const port = struct({ mode: text, target: integer('uint32'), published: integer('uint32'), protocol: text })

const plainVolume = struct({
  type: text,
  source: text,
  target: text,
  read_only: flag,
  consistency: text,
  bind: optional(struct({ propagation: text })),
  volume: optional(struct({ nocopy: flag })),
  tmpfs: optional(struct({ size: integer('int64') })),
  cluster: optional(struct({})),
})
export type ServiceVolume = ValueOf<typeof plainVolume>

const serviceVolume = converted(plainVolume, (value) => {
  if (typeof value === 'string') return parseVolume(value)
  return value instanceof Map ? value : refuseType(value, 'service volume')
})

const serviceNetwork = struct({ aliases: texts, driver_opts: textMap, ipv4_address: text, ipv6_address: text })

const serviceNetworkOrNull = optional(serviceNetwork, mergeNetwork)

const plainUlimit = struct({ single: integer('int64'), soft: integer('int64'), hard: integer('int64') })
/** A limit: one number, or a soft and a hard limit. */
const ulimit: Kind<ValueOf<typeof plainUlimit>> = {
  ...converted(plainUlimit, (value) => {
    if (value instanceof Map) return value
    const isInt64 = isInteger(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value)
    return isInt64 ? new Map([['single', value]]) : refuseType(value, 'ulimits')
  }),
  encode: (value) => (value.single === 0 ? plainUlimit.encode(value) : value.single),
}

const logging = struct({ driver: text, options: textMap })

const service = struct({
  build,
  cap_add: texts,
  cap_drop: texts,
  cgroupns_mode: text,
  cgroup_parent: text,
  command,
  configs: list(fileReference, mergeByKey('source')),
  container_name: text,
  credential_spec: struct({ config: text, file: text, registry: text }),
  depends_on: texts,
  deploy,
  devices: texts,
  dns: stringList,
  dns_search: stringList,
  domainname: text,
  entrypoint: command,
  environment: variables,
  env_file: stringList,
  expose: numbersAsTexts,
  external_links: texts,
  extra_hosts: hosts,
  hostname: text,
  healthcheck: optional(healthcheck),
  image: text,
  init: optional(flag),
  ipc: text,
  isolation: text,
  labels: textMap,
  links: texts,
  logging: optional(logging, mergeLogging),
  mac_address: text,
  network_mode: text,
  networks: converted(mapOf(serviceNetworkOrNull, serviceNetworkOrNull.merge), (value) =>
    isSequence(value) ? new Map(value.map((name) => [printValue(name), null])) : value,
  ),
  pid: text,
  ports: converted(list(port, mergePorts), expandPorts),
  privileged: flag,
  read_only: flag,
  restart: text,
  secrets: list(fileReference, mergeByKey('source')),
  security_opt: texts,
  shm_size: text,
  stdin_open: flag,
  stop_grace_period: optional(duration),
  stop_signal: text,
  sysctls: textMap,
  tmpfs: stringList,
  tty: flag,
  ulimits: mapOf(ulimit),
  user: text,
  userns_mode: text,
  volumes: list(serviceVolume, mergeByKey('target')),
  working_dir: text,
})

/** The key of docker's model is the one in YAML; `x-` keys are kept as they are. */
export type Service = ValueOf<typeof service>

const plainExternal = struct({ name: text, external: flag })
const external: Kind<ValueOf<typeof plainExternal>> = {
  ...converted(plainExternal, (value) => {
    if (typeof value === 'boolean') return new Map([['external', value]])
    if (!(value instanceof Map)) return refuseType(value, 'external')
    return new Map<string, YamlValue>([
      ['external', true],
      ['name', value.get('name') ?? null],
    ])
  }),
  encode: (value) => (value.name === '' ? value.external : new Map([['name', value.name]])),
}

const network = struct({
  name: text,
  driver: text,
  driver_opts: textMap,
  ipam: struct({ driver: text, config: list(struct({ subnet: text })) }),
  external,
  internal: flag,
  attachable: flag,
  labels: textMap,
})

export type Network = ValueOf<typeof network>

const topology = struct({ segments: textMap })

const clusterSpec = struct({
  group: text,
  access_mode: optional(
    struct({
      scope: text,
      sharing: text,
      mount_volume: optional(struct({ fs_type: text, mount_flags: texts })),
      block_volume: optional(struct({})),
    }),
  ),
  accessibility_requirements: optional(struct({ requisite: list(topology), preferred: list(topology) })),
  capacity_range: optional(struct({ required_bytes: size, limit_bytes: size })),
  secrets: list(struct({ key: text, secret: text })),
  availability: text,
})

const volume = struct({
  name: text,
  driver: text,
  driver_opts: textMap,
  external,
  labels: textMap,
  'x-cluster-spec': optional(clusterSpec),
})

export type Volume = ValueOf<typeof volume>

const swarmFile = struct({
  name: text,
  file: text,
  external,
  labels: textMap,
  driver: text,
  driver_opts: textMap,
  template_driver: text,
})

/** A secret or a config. */
export type StackFile = ValueOf<typeof swarmFile>

export const kinds = { service, network, volume, swarmFile }

/** An object of a file, and its `x-` fields. */
export interface Described<T> {
  readonly value: T
  readonly extensions: YamlMap
}

export type Section<T> = ReadonlyMap<string, Described<T>>

/** A loaded Compose file. */
export interface Compose {
  readonly version: string
  readonly services: Section<Service>
  readonly networks: Section<Network>
  readonly volumes: Section<Volume>
  readonly secrets: Section<StackFile>
  readonly configs: Section<StackFile>
  readonly extensions: YamlMap
}
