import type { Filters } from '../../domain/filter.ts'
import type { NodeSpec, SwarmNode } from '../../domain/swarm/node.ts'
import { type Connection, pathSegment } from '../connection.ts'
import { asList, asObject, nonEmpty } from './shape.ts'
import { NODE } from './shapes/swarm.ts'

/** `/nodes` of the Engine API. All methods throw EngineError and ConnectionError. */
export class NodeApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** @param signal cancels the request */
  async list(filters: Filters, signal?: AbortSignal): Promise<SwarmNode[]> {
    const docker = await this.#connection.docker()
    const options = { _query: { filters: nonEmpty(filters) }, ...(signal ? { abortSignal: signal } : {}) }
    return asList(await docker.listNodes(options), NODE)
  }

  async inspect(nameOrId: string): Promise<SwarmNode> {
    const id = pathSegment('node', nameOrId)
    const node = await this.#connection.exactJson<SwarmNode>({ method: 'GET', path: `/nodes/${id}` })
    return asObject(node, NODE)
  }

  /** Updates a node unless it has changed since it was read. */
  async update({ ID = '', Version }: SwarmNode, spec: NodeSpec): Promise<void> {
    const path = `/nodes/${pathSegment('node', ID)}/update`
    await this.#connection.text({ method: 'POST', path, query: { version: Version?.Index ?? 0 }, body: spec })
  }

  async remove(nameOrId: string, force: boolean): Promise<void> {
    const path = `/nodes/${pathSegment('node', nameOrId)}`
    await this.#connection.text({ method: 'DELETE', path, query: { force: force ? 1 : undefined } })
  }
}
