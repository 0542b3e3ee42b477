import type { NetworkEndpointConfig } from '../domain/create-request.ts'
import type { Filters } from '../domain/filter.ts'
import type { NetworkSummary, NewNetwork } from '../domain/network.ts'
import { type Connection, pathSegment } from './connection.ts'
import { asList, asObject, nonEmpty } from './shape.ts'

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

  /** @returns the network's id */
  async create(network: NewNetwork): Promise<string> {
    const answer = await this.#connection.json<{ Id?: string }>({
      method: 'POST',
      path: '/networks/create',
      body: network,
    })
    return asObject(answer, 'network.CreateResponse').Id ?? ''
  }

  /** Whether it is the network that leads into a swarm. */
  async isIngress(nameOrId: string): Promise<boolean> {
    const path = `/networks/${pathSegment('network', nameOrId)}`
    const network = await this.#connection.json<NetworkSummary>({ method: 'GET', path })
    return network.Ingress === true
  }

  async remove(nameOrId: string): Promise<void> {
    await this.#connection.text({ method: 'DELETE', path: `/networks/${pathSegment('network', nameOrId)}` })
  }

  async connect(nameOrId: string, container: string, endpoint: NetworkEndpointConfig): Promise<void> {
    const path = `/networks/${pathSegment('network', nameOrId)}/connect`
    await this.#connection.text({ method: 'POST', path, body: { Container: container, EndpointConfig: endpoint } })
  }

  async disconnect(nameOrId: string, container: string, force: boolean): Promise<void> {
    const path = `/networks/${pathSegment('network', nameOrId)}/disconnect`
    await this.#connection.text({ method: 'POST', path, body: { Container: container, Force: force } })
  }
}
