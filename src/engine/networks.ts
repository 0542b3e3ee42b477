import type { Filters } from '../domain/filter.ts'
import type { NetworkSummary } from '../domain/network.ts'
import type { Connection } from './connection.ts'
import { asList, nonEmpty } from './shape.ts'

/** `/networks` of the Engine API. All methods throw EngineError and ConnectionError. */
export class NetworkApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async list(filters: Filters): Promise<NetworkSummary[]> {
    const docker = await this.#connection.docker()
    return asList(await docker.listNetworks({ _query: { filters: nonEmpty(filters) } }), 'network.Summary')
  }
}
