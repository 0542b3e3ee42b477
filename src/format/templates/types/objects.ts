import type { GoType } from '../../../gotemplate/template.ts'
import { COMMON_TYPES } from './common.ts'
import { CONFIG_TYPES, CONTAINER_TYPES } from './container.ts'
import { CONTEXT_TYPES } from './context.ts'
import { declaredType } from './declare.ts'
import { HOST_CONFIG_TYPES } from './host-config.ts'
import { IMAGE_TYPES } from './image.ts'
import { NETWORK_TYPES } from './network.ts'
import { PLUGIN_TYPES } from './plugin.ts'
import { SWARM_SERVICE_TYPES, SWARM_TASK_TYPES } from './service.ts'
import { SWARM_COMMON_TYPES, SWARM_TYPES } from './swarm.ts'
import { VOLUME_TYPES } from './volume.ts'

const SERVICE_TYPES = [COMMON_TYPES, HOST_CONFIG_TYPES, SWARM_COMMON_TYPES, SWARM_SERVICE_TYPES]

/** What docker's client decodes each kind of object into: the types' declarations, and the name of the last of them. */
const DECLARED = {
  container: [[COMMON_TYPES, CONFIG_TYPES, HOST_CONFIG_TYPES, CONTAINER_TYPES], 'container.InspectResponse'],
  image: [[COMMON_TYPES, CONFIG_TYPES, IMAGE_TYPES], 'image.InspectResponse'],
  network: [[NETWORK_TYPES], 'network.Inspect'],
  volume: [[SWARM_COMMON_TYPES, VOLUME_TYPES], 'volume.Volume'],
  context: [[CONTEXT_TYPES], 'context.contextWithTLSListing'],
  plugin: [[PLUGIN_TYPES], '*types.Plugin'],
  node: [[SWARM_COMMON_TYPES, SWARM_TYPES], 'swarm.Node'],
  secret: [[SWARM_COMMON_TYPES, SWARM_TYPES], 'swarm.Secret'],
  config: [[SWARM_COMMON_TYPES, SWARM_TYPES], 'swarm.Config'],
  service: [SERVICE_TYPES, 'swarm.Service'],
  task: [[...SERVICE_TYPES, NETWORK_TYPES, SWARM_TASK_TYPES], 'swarm.Task'],
} as const

/** The kinds of objects whose Go types are known: all that can be inspected. */
export type ObjectType = keyof typeof DECLARED

const known = new Map<ObjectType, GoType>()

/** The Go type of an inspected object. */
export function goTypeOf(object: ObjectType): GoType {
  const found = known.get(object)
  if (found !== undefined) return found
  const [declarations, name] = DECLARED[object]
  const type = declaredType(declarations, name)
  known.set(object, type)
  return type
}
