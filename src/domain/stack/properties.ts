// The properties of services that stacks do not support.
import { mapIn, type YamlMap } from './value.ts'

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

function usedProperties(files: readonly YamlMap[], known: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const services = files.flatMap((file) => [...(mapIn(file, 'services')?.values() ?? [])])
  const names = new Set(services.flatMap((service) => (service instanceof Map ? [...service.keys()] : [])))
  return new Map([...known].filter(([name]) => names.has(name)))
}
