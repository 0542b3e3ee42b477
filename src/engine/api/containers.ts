import type {
  ContainerSummary,
  FileChange,
  ProcessList,
  PublishedContainer,
  UpdateResponse,
} from '../../domain/container/container.ts'
import type { PublishedPorts } from '../../domain/container/port.ts'
import type { UpdateBody } from '../../domain/container/update.ts'
import { type Filters, hasNegated } from '../../domain/filter.ts'
import type { Int64 } from '../../domain/go/int.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import type { PruneReport } from '../../domain/system/prune.ts'
import { type Connection, pathSegment, type Query } from '../connection.ts'
import type { ListContainers } from './list-requests.ts'
import { prune } from './prune.ts'
import { asList, asObject, nonEmpty } from './shape.ts'
import {
  CONTAINER_INSPECTION,
  CONTAINER_SUMMARY,
  FILE_CHANGE,
  PROCESS_LIST,
  PRUNED_CONTAINERS,
  UPDATED_CONTAINER,
} from './shapes/container.ts'

export interface StopContainer {
  readonly signal?: string
  /** Seconds before the kill; -1 waits forever; unset for the container's own timeout. */
  readonly timeout?: Int64
}

export interface RemoveContainer {
  readonly force: boolean
  readonly volumes: boolean
  readonly link: boolean
}

interface PruneResponse {
  readonly ContainersDeleted?: readonly string[] | null
  readonly SpaceReclaimed?: number
}

/** `/containers` of the Engine API. All methods throw EngineError and ConnectionError. */
export class ContainerApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  list(request: ListContainers): Promise<ContainerSummary[]> {
    return hasNegated(request.filters) ? this.#listWithout(request) : this.#list(request)
  }

  async #listWithout(request: ListContainers): Promise<ContainerSummary[]> {
    const { listContainersWithout } = await import('./negated-filters.ts')
    return listContainersWithout(request, async (part) => this.#list(part))
  }

  async #list({ all, limit, size, filters, signal }: ListContainers): Promise<ContainerSummary[]> {
    const docker = await this.#connection.docker()
    const response = await docker.listContainers({
      _query: { all: toFlag(all), limit, size: toFlag(size), filters: nonEmpty(filters) },
      ...(signal === undefined ? {} : { abortSignal: signal }),
    })
    return asList(response, CONTAINER_SUMMARY)
  }

  async start(nameOrId: string, query: Query = {}): Promise<void> {
    const container = await this.#container(nameOrId)
    await container.start({ _query: query, _body: {} })
  }

  async stop(nameOrId: string, request: StopContainer): Promise<void> {
    const container = await this.#container(nameOrId)
    await container.stop({ _query: await this.#stopQuery(request), _body: {} })
  }

  async restart(nameOrId: string, request: StopContainer): Promise<void> {
    const container = await this.#container(nameOrId)
    await container.restart({ _query: await this.#stopQuery(request), _body: {} })
  }

  async pause(nameOrId: string): Promise<void> {
    const container = await this.#container(nameOrId)
    await container.pause({ _body: {} })
  }

  async unpause(nameOrId: string): Promise<void> {
    const container = await this.#container(nameOrId)
    await container.unpause({ _body: {} })
  }

  async kill(nameOrId: string, signal: string): Promise<void> {
    const container = await this.#container(nameOrId)
    await container.kill({ _query: { signal: signal || undefined }, _body: {} })
  }

  async remove(nameOrId: string, { force, volumes, link }: RemoveContainer): Promise<void> {
    const container = await this.#container(nameOrId)
    await container.remove({ _query: { force: toFlag(force), v: toFlag(volumes), link: toFlag(link) } })
  }

  async rename(nameOrId: string, name: string): Promise<void> {
    const container = await this.#container(nameOrId)
    await container.rename({ _query: { name }, _body: {} })
  }

  /** @returns the daemon's warnings */
  async update(nameOrId: string, body: UpdateBody): Promise<readonly string[]> {
    const container = await this.#container(nameOrId)
    const response: UpdateResponse = await container.update({ _body: body })
    return asObject(response, UPDATED_CONTAINER).Warnings ?? []
  }

  async publishedPorts(nameOrId: string): Promise<PublishedPorts> {
    const container = await this.#container(nameOrId)
    const response: PublishedContainer = await container.inspect({})
    return asObject(response, CONTAINER_INSPECTION).NetworkSettings?.Ports ?? {}
  }

  /** @param psArgs the arguments for `ps` on the daemon's machine; unset for the daemon's default */
  async processes(nameOrId: string, psArgs: string | undefined): Promise<ProcessList> {
    const container = await this.#container(nameOrId)
    return asObject(await container.top({ _query: { ps_args: psArgs } }), PROCESS_LIST)
  }

  /** Returns the files that differ from the image. */
  async changes(nameOrId: string): Promise<FileChange[]> {
    const container = await this.#container(nameOrId)
    return asList(await container.changes({}), FILE_CHANGE)
  }

  /**
   * Returns samples of a container's resource usage as JSON: a single one, or one per second until the container exits.
   */
  async stats(nameOrId: string, isStreaming: boolean, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const path = `/containers/${pathSegment('container', nameOrId)}/stats`
    return this.#connection.stream({ method: 'GET', path, query: { stream: isStreaming ? 1 : 0 }, signal })
  }

  /** Returns the events of containers from now on as JSON. */
  async events(signal: AbortSignal): Promise<AsyncIterable<Uint8Array>> {
    const query = { filters: { type: { container: true } } }
    return this.#connection.stream({ method: 'GET', path: '/events', query, signal })
  }

  /** Removes all stopped containers. */
  async prune(filters: Filters): Promise<PruneReport> {
    const options = { _query: { filters: nonEmpty(filters) }, _body: {} }
    const response = await prune<PruneResponse>(this.#connection, (docker) => docker.pruneContainers(options), {
      shape: PRUNED_CONTAINERS,
      prefix: 'Error retrieving disk usage',
    })
    return { removed: response.ContainersDeleted ?? [], reclaimed: response.SpaceReclaimed ?? 0 }
  }

  async #stopQuery({ signal, timeout }: StopContainer): Promise<Query> {
    // API versions before 1.42 ignore the parameter, so docker does not send it.
    const hasSignal = compareVersions(await this.#connection.apiVersion(), '1.42') >= 0
    return { signal: hasSignal ? signal : undefined, t: timeout }
  }

  #container(nameOrId: string) {
    const segment = pathSegment('container', nameOrId)
    return this.#connection.docker().then((docker) => docker.getContainer(segment))
  }
}

/** Returns the value of a boolean parameter: docker sends `1` for true and omits false. */
function toFlag(isOn: boolean): 1 | undefined {
  return isOn ? 1 : undefined
}
