import { type Connection, pathSegment, type Query } from '../connection.ts'
import { checkObjectText } from './shape.ts'

/** The kinds of objects that can be inspected, and where the Engine API keeps them. */
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

/** What docker calls their descriptions when it complains that one is none. */
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

/** In the order in which docker looks for a name that may be any of them. */
export const OBJECT_KINDS: readonly ObjectKind[] = [
  ...(['container', 'image', 'network', 'volume', 'service', 'task', 'node', 'plugin', 'secret', 'config'] as const),
]

/** Objects of any kind as the daemon describes them. */
export class ObjectApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** The object's JSON, as the daemon wrote it. @throws EngineError ConnectionError */
  async inspect(kind: ObjectKind, nameOrId: string, query: Query = {}): Promise<string> {
    const text = await this.#connection.text({ method: 'GET', path: PATHS[kind](pathSegment(kind, nameOrId)), query })
    checkObjectText(text, GO_TYPES[kind])
    return text
  }
}
