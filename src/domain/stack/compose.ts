// docker's model of a Compose file: its services, networks, volumes, secrets and configs.
import { converted, flag, type Kind, list, optional, refuseType, struct, text, type ValueOf } from './kind.ts'
import { type Service, service } from './service.ts'
import { size, textMap, texts } from './short-forms.ts'
import type { YamlMap, YamlValue } from './value.ts'

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
