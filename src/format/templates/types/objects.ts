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

/** The Go type into which docker's client decodes each kind of object: its declarations and its name. */
const DECLARATIONS = {
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

/** The kinds of objects that can be inspected. */
export type ObjectType = keyof typeof DECLARATIONS

const cache = new Map<ObjectType, GoType>()

/** Returns the Go type of a kind of object. */
export function goTypeOf(object: ObjectType): GoType {
  const cached = cache.get(object)
  if (cached !== undefined) return cached
  const [declarations, name] = DECLARATIONS[object]
  const type = declaredType(declarations, name)
  cache.set(object, type)
  return type
}
