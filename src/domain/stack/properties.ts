// The properties of services that stacks do not support.
import { mapIn, type YamlMap } from './value.ts'

const UNSUPPORTED = [
  'build',
  'cgroupns_mode',
  'cgroup_parent',
  'devices',
  'domainname',
  'external_links',
  'ipc',
  'links',
  'mac_address',
  'network_mode',
  'pid',
  'privileged',
  'restart',
  'security_opt',
  'shm_size',
  'userns_mode',
]

const DEPRECATED: ReadonlyMap<string, string> = new Map([
  ['container_name', 'Setting the container name is not supported.'],
  [
    'expose',
    "Exposing ports is unnecessary - services on the same network can access each other's containers on any port.",
  ],
])

const RESOURCES = 'Set resource limits using deploy.resources'
const FORBIDDEN: ReadonlyMap<string, string> = new Map([
  ['extends', 'Support for `extends` is not implemented yet.'],
  [
    'volume_driver',
    'Instead of setting the volume driver on the service, define a volume using the top-level `volumes` option and specify the driver there.',
  ],
  [
    'volumes_from',
    'To share a volume between services, define it using the top-level `volumes` option and reference it from each service that shares it using the service-level `volumes` option.',
  ],
  ...['cpu_quota', 'cpu_shares', 'cpuset', 'mem_limit', 'memswap_limit'].map((name): [string, string] => [
    name,
    RESOURCES,
  ]),
])

/** The files contain properties that docker refuses. */
export class ForbiddenPropertiesError extends Error {
  readonly properties: ReadonlyMap<string, string>

  /** @param properties what to do instead, by the name of the property */
  constructor(properties: ReadonlyMap<string, string>) {
    super('Configuration contains forbidden properties')
    this.properties = properties
  }
}

/** Returns the properties of a file's services that are refused, with what to do instead. */
export function forbiddenProperties(file: YamlMap): ReadonlyMap<string, string> {
  return usedProperties([file], FORBIDDEN)
}

/** Returns the deprecated properties that services in the files have, with the reason. */
export function deprecatedProperties(files: readonly YamlMap[]): ReadonlyMap<string, string> {
  return usedProperties(files, DEPRECATED)
}

/** Returns the properties that services in the files have and stacks ignore, sorted. */
export function unsupportedProperties(files: readonly YamlMap[]): readonly string[] {
  const unsupported = new Map(UNSUPPORTED.map((name) => [name, '']))
  return [...usedProperties(files, unsupported).keys()].sort()
}

function usedProperties(files: readonly YamlMap[], known: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const services = files.flatMap((file) => [...(mapIn(file, 'services')?.values() ?? [])])
  const names = new Set(services.flatMap((service) => (service instanceof Map ? [...service.keys()] : [])))
  return new Map([...known].filter(([name]) => names.has(name)))
}

/** Formats properties for a message, sorted. */
export function describeProperties(properties: ReadonlyMap<string, string>): string {
  return [...properties]
    .map(([name, description]) => `${name}: ${description}`)
    .sort()
    .join('\n\n')
}
