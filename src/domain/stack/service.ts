// docker's model of a service of a Compose file.
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
import {
  command,
  healthTest,
  hosts,
  numbersAsTexts,
  size,
  stringList,
  textMap,
  texts,
  variables,
} from './short-forms.ts'
import { isInteger, isSequence, printValue } from './value.ts'
import { parseVolume } from './volume.ts'

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

export const service = struct({
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
