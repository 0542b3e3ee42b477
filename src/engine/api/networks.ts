import type { NetworkEndpointConfig } from '../../domain/container/create-request.ts'
import { type Filters, hasNegated } from '../../domain/filter.ts'
import type { NetworkCreateBody, NetworkSummary } from '../../domain/network/network.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import type { PruneReport } from '../../domain/system/prune.ts'
import { type Connection, pathSegment, trimmedName } from '../connection.ts'
import { prune } from './prune.ts'
import { asList, asObject, nonEmpty } from './shape.ts'
import { CREATED_NETWORK, NETWORK, PRUNED_NETWORKS } from './shapes/system.ts'

interface InspectedNetwork {
  /** Whether it is the swarm's ingress network, which routes requests from outside. */
  readonly Ingress?: boolean
  /** `swarm`, or `local` for one host. */
  readonly Scope?: string
}

interface PruneResponse {
  readonly NetworksDeleted?: readonly string[] | null
}

/** `/networks` of the Engine API. All methods throw EngineError and ConnectionError. */
export class NetworkApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** @param signal cancels the request */
  async list(filters: Filters, signal?: AbortSignal): Promise<NetworkSummary[]> {
    if (!hasNegated(filters)) return this.#list(filters, signal)
    const { listNetworksWithout } = await import('./negated-filters.ts')
    return listNetworksWithout(filters, async (part) => this.#list(part, signal))
  }

  async #list(filters: Filters, signal: AbortSignal | undefined): Promise<NetworkSummary[]> {
    const docker = await this.#connection.docker()
    const options = { _query: { filters: nonEmpty(filters) }, ...(signal ? { abortSignal: signal } : {}) }
    return asList(await docker.listNetworks(options), NETWORK)
  }

  /** @returns the id; empty when the daemon does not return one */
  async create(body: NetworkCreateBody): Promise<string> {
    await this.#connection.requireVersion()
    // Before API version 1.44, daemons create a second network of the same name without this field.
    const isOld = compareVersions(await this.#connection.apiVersion(), '1.44') < 0
    const response = await this.#connection.json<{ Id?: string } | null>({
      method: 'POST',
      path: '/networks/create',
      body: isOld ? { CheckDuplicate: true, ...body } : body,
    })
    return response === null ? '' : (asObject(response, CREATED_NETWORK).Id ?? '')
  }

  async inspect(nameOrId: string): Promise<InspectedNetwork> {
    const network = await this.#network(nameOrId)
    const response: InspectedNetwork = await network.inspect({})
    return asObject(response, NETWORK)
  }

  async remove(nameOrId: string): Promise<void> {
    const network = await this.#network(nameOrId)
    await network.remove({})
  }

  async connect(nameOrId: string, container: string, endpoint: NetworkEndpointConfig): Promise<void> {
    const network = await this.#network(nameOrId)
    await network.connect({ _body: { Container: trimmedName('container', container), EndpointConfig: endpoint } })
  }

  async disconnect(nameOrId: string, container: string, force: boolean): Promise<void> {
    const network = await this.#network(nameOrId)
    await network.disconnect({ _body: { Container: trimmedName('container', container), Force: force } })
  }

  /** Removes all networks that no container uses. */
  async prune(filters: Filters): Promise<PruneReport> {
    const options = { _query: { filters: nonEmpty(filters) }, _body: {} }
    const response = await prune<PruneResponse>(this.#connection, (docker) => docker.pruneNetworks(options), {
      shape: PRUNED_NETWORKS,
      prefix: 'Error retrieving network prune report',
    })
    return { removed: response.NetworksDeleted ?? [], reclaimed: 0 }
  }

  async #network(nameOrId: string) {
    const segment = pathSegment('network', nameOrId)
    return (await this.#connection.docker()).getNetwork(segment)
  }
}
