import { compareVersions } from '../../domain/system/api-version.ts'
import { type Connection, pathSegment, type Query } from '../connection.ts'
import { checkObjectText } from './shape.ts'

/** The kinds of objects that can be inspected, with their paths in the Engine API. */
const PATHS = {
  container: (name: string) => `/containers/${name}/json`,
  image: (name: string) => `/images/${name}/json`,
  network: (name: string) => `/networks/${name}`,
  volume: (name: string) => `/volumes/${name}`,
  service: (name: string) => `/services/${name}`,
  task: (name: string) => `/tasks/${name}`,
  node: (name: string) => `/nodes/${name}`,
  plugin: (name: string) => `/plugins/${name}/json`,
  secret: (name: string) => `/secrets/${name}`,
  config: (name: string) => `/configs/${name}`,
} as const

export type ObjectKind = keyof typeof PATHS

/** The Go types of the responses, for docker's message about a malformed one. */
const GO_TYPES: Readonly<Record<ObjectKind, string>> = {
  container: 'container.InspectResponse',
  image: 'image.InspectResponse',
  network: 'network.Inspect',
  volume: 'volume.Volume',
  service: 'swarm.Service',
  task: 'swarm.Task',
  node: 'swarm.Node',
  plugin: 'types.Plugin',
  secret: 'swarm.Secret',
  config: 'swarm.Config',
}

/** The first API version that leaves out fields of containers and images. */
const LEAVES_OUT_FIELDS = '1.52'

/** The order in which docker searches the kinds for a name. */
export const OBJECT_KINDS: readonly ObjectKind[] = [
  ...(['container', 'image', 'network', 'volume', 'service', 'task', 'node', 'plugin', 'secret', 'config'] as const),
]

/** Inspects objects of any kind. */
export class ObjectApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Returns the text of an object's JSON, with the fields that newer API versions leave out.
   * @throws EngineError ConnectionError
   */
  async inspect(kind: ObjectKind, nameOrId: string, query: Query = {}): Promise<string> {
    const text = await this.#connection.text({ method: 'GET', path: PATHS[kind](pathSegment(kind, nameOrId)), query })
    checkObjectText(text, GO_TYPES[kind])
    if (kind !== 'container' && kind !== 'image') return text
    if (compareVersions(await this.#connection.apiVersion(), LEAVES_OUT_FIELDS) < 0) return text
    const { completeObject } = await import('./left-out-fields.ts')
    return completeObject(kind, text)
  }
}
