// The format of Compose files 3.0 to 3.13, as https://docs.docker.com/reference/compose-file/legacy-versions describes it.

/** A description of valid values, in the terms of JSON schema. */
export interface Schema {
  /** The permitted types; any type if absent. */
  readonly types?: readonly SchemaType[]
  readonly properties?: Properties
  /** Descriptions of the properties whose name matches a pattern. */
  readonly patterns?: readonly (readonly [RegExp, Schema])[]
  /** Whether there may be no properties but those that are described. */
  readonly isClosed?: boolean
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly isUnique?: boolean
  /** Exactly one of these has to match. */
  readonly oneOf?: readonly Schema[]
  readonly enum?: readonly string[]
  readonly format?: 'duration' | 'ports' | 'expose'
  readonly minimum?: number
}

export type SchemaType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null'

type Properties = Readonly<Record<string, Schema>>

/** The newest version of the format, which files without a version and with version 3 have. */
export const LATEST_MINOR = 13

const string: Schema = { types: ['string'] }
const number: Schema = { types: ['number'] }
const integer: Schema = { types: ['integer'] }
const boolean: Schema = { types: ['boolean'] }
const duration: Schema = { types: ['string'], format: 'duration' }

const NAME = /^[a-zA-Z0-9._-]+$/
const EXTENSION = /^x-/

function list(items: Schema): Schema {
  return { types: ['array'], items }
}

function set(items: Schema): Schema {
  return { types: ['array'], items, isUnique: true }
}

function oneOf(...alternatives: readonly Schema[]): Schema {
  return { oneOf: alternatives }
}

/** Describes a mapping that has no other properties. */
function closed(properties: Properties): Schema {
  return { types: ['object'], properties, isClosed: true }
}

/** Describes a mapping that may have other properties. */
function open(properties: Properties): Schema {
  return { types: ['object'], properties }
}

function mapOf(pattern: RegExp, value: Schema): Schema {
  return { types: ['object'], patterns: [[pattern, value]] }
}

const strings = set(string)
const stringOrList = oneOf(string, strings)
const command = oneOf(string, list(string))
const listOrMap = oneOf({ ...mapOf(/.+/, { types: ['string', 'number', 'null'] }), isClosed: true }, strings)
const options = mapOf(/^.+$/, { types: ['string', 'number'] })

/** Describes the files of version `3.<minor>`. */
export function composeSchema(minor: number): Schema {
  /** Returns properties that exist from a version on. */
  const since = (first: number, properties: Properties): Properties => (minor >= first ? properties : {})
  /** Describes a mapping that may have `x-` properties from a version on. */
  const extensible = (first: number, properties: Properties): Schema => ({
    ...closed(properties),
    ...(minor >= first ? { patterns: [[EXTENSION, {}]] } : {}),
  })
  const section = (schema: Schema): Schema => ({ ...mapOf(NAME, schema), isClosed: true })
  const orNull = (schema: Schema): Schema => ({ ...schema, types: ['object', 'null'] })
  const external = (isClosed: boolean): Schema => ({
    types: ['boolean', 'object'],
    properties: { name: string },
    isClosed,
  })

  const updateConfig = (hasOrder: boolean) =>
    closed({
      parallelism: integer,
      delay: duration,
      failure_action: string,
      monitor: duration,
      max_failure_ratio: number,
      ...(hasOrder ? { order: { ...string, enum: ['start-first', 'stop-first'] } } : {}),
    })

  const resource = { cpus: string, memory: string }
  const genericResources = list(closed({ discrete_resource_spec: closed({ kind: string, value: number }) }))
  const deployment = orNull(
    closed({
      mode: string,
      ...since(2, { endpoint_mode: string }),
      replicas: integer,
      labels: listOrMap,
      ...since(7, { rollback_config: updateConfig(true) }),
      update_config: updateConfig(minor >= 4),
      resources: closed({
        limits: closed({ ...resource, ...since(9, { pids: integer }) }),
        reservations: closed({ ...resource, ...since(5, { generic_resources: genericResources }) }),
      }),
      restart_policy: closed({ condition: string, delay: duration, max_attempts: integer, window: duration }),
      placement: closed({
        constraints: list(string),
        ...since(3, { preferences: list(closed({ spread: string })) }),
        ...since(8, { max_replicas_per_node: integer }),
      }),
    }),
  )

  const build: Schema = {
    ...open({
      context: string,
      dockerfile: string,
      args: listOrMap,
      ...since(2, { cache_from: strings }),
      ...since(3, { labels: listOrMap }),
      ...since(4, { network: string, target: string }),
      ...since(5, { shm_size: { types: ['integer', 'string'] } }),
      ...since(9, { extra_hosts: listOrMap }),
    }),
    isClosed: minor < 11,
  }

  const healthDuration = minor >= 4 ? duration : string
  const healthcheck = closed({
    disable: boolean,
    interval: healthDuration,
    retries: number,
    test: command,
    timeout: healthDuration,
    ...since(4, { start_period: duration }),
    ...since(12, { start_interval: duration }),
  })

  const fileReferences = list(
    oneOf(string, open({ source: string, target: string, uid: string, gid: string, mode: number })),
  )

  const serviceNetwork = closed({
    aliases: strings,
    ...since(13, { driver_opts: options }),
    ipv4_address: string,
    ipv6_address: string,
  })

  const longPort = closed({ mode: string, target: integer, published: integer, protocol: string })
  const ports =
    minor >= 2
      ? set(oneOf({ ...number, format: 'ports' }, { ...string, format: 'ports' }, longPort))
      : set({ types: ['string', 'number'], format: 'ports' })

  const longVolume: Schema = {
    ...closed({
      type: string,
      source: string,
      target: string,
      read_only: boolean,
      consistency: string,
      bind: open({ propagation: string }),
      volume: open({ nocopy: boolean }),
      ...since(6, { tmpfs: open({ size: { ...integer, minimum: 0 } }) }),
    }),
    required: ['type'],
  }

  const ulimit = oneOf(integer, { ...closed({ hard: integer, soft: integer }), required: ['soft', 'hard'] })

  const service = extensible(7, {
    deploy: deployment,
    build: oneOf(string, build),
    cap_add: strings,
    cap_drop: strings,
    ...since(9, { cgroupns_mode: string }),
    cgroup_parent: string,
    command,
    ...since(3, { configs: fileReferences }),
    container_name: string,
    ...since(3, {
      credential_spec: closed({ ...since(8, { config: string }), file: string, registry: string }),
    }),
    depends_on: strings,
    devices: strings,
    dns: stringOrList,
    dns_search: stringOrList,
    domainname: string,
    entrypoint: command,
    env_file: stringOrList,
    environment: listOrMap,
    expose: set({ types: ['string', 'number'], format: 'expose' }),
    external_links: strings,
    extra_hosts: listOrMap,
    healthcheck,
    hostname: string,
    image: string,
    ...since(7, { init: boolean }),
    ipc: string,
    ...since(5, { isolation: string }),
    labels: listOrMap,
    links: strings,
    logging: closed({ driver: string, options: mapOf(/^.+$/, { types: ['string', 'number', 'null'] }) }),
    mac_address: string,
    network_mode: string,
    networks: oneOf(strings, { ...mapOf(NAME, oneOf(serviceNetwork, { types: ['null'] })), isClosed: true }),
    pid: { types: ['string', 'null'] },
    ports,
    privileged: boolean,
    read_only: boolean,
    restart: string,
    security_opt: strings,
    shm_size: { types: ['number', 'string'] },
    ...since(1, { secrets: fileReferences }),
    sysctls: listOrMap,
    stdin_open: boolean,
    stop_grace_period: duration,
    stop_signal: string,
    tmpfs: stringOrList,
    tty: boolean,
    ulimits: mapOf(/^[a-z]+$/, ulimit),
    ...since(13, { oom_score_adj: integer }),
    user: string,
    userns_mode: string,
    volumes: minor >= 2 ? list({ ...oneOf(string, longVolume), isUnique: true }) : strings,
    working_dir: string,
  })

  const network = orNull(
    extensible(7, {
      ...since(5, { name: string }),
      driver: string,
      driver_opts: options,
      ipam: closed({ driver: string, config: list(closed({ subnet: string })) }),
      external: external(true),
      internal: boolean,
      ...since(2, { attachable: boolean }),
      labels: listOrMap,
    }),
  )

  const topologies = list(open({ segments: listOrMap }))
  const clusterSpec = open({
    group: string,
    access_mode: open({
      scope: string,
      sharing: string,
      block_volume: open({}),
      mount_volume: open({ fs_type: string, mount_flags: list(string) }),
    }),
    accessibility_requirements: open({ requisite: topologies, preferred: topologies }),
    capacity_range: open({ required_bytes: string, limit_bytes: string }),
    availability: string,
  })
  const volume = orNull(
    extensible(7, {
      ...since(4, { name: string }),
      driver: string,
      driver_opts: options,
      external: external(true),
      labels: listOrMap,
      ...since(10, { 'x-cluster-spec': clusterSpec }),
    }),
  )

  const swarmFile = { ...since(5, { name: string }), file: string, external: external(false), labels: listOrMap }
  const templateDriver = since(8, { template_driver: string })
  const secret = extensible(7, {
    ...swarmFile,
    ...since(8, { driver: string, driver_opts: options }),
    ...templateDriver,
  })
  const config = extensible(7, { ...swarmFile, ...templateDriver })

  return {
    ...extensible(4, {
      version: string,
      services: section(service),
      networks: mapOf(NAME, network),
      volumes: section(volume),
      ...since(1, { secrets: section(secret) }),
      ...since(3, { configs: section(config) }),
    }),
    ...(minor < 10 ? { required: ['version'] } : {}),
  }
}
