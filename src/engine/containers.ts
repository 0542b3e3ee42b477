import { compareVersions } from '../domain/api-version.ts'
import type { ContainerSummary } from '../domain/container.ts'
import type { Filters } from '../domain/filter.ts'
import { type Connection, pathSegment, type Query } from './connection.ts'
import { asList } from './shape.ts'

export interface ListContainers {
  readonly all: boolean
  /** Show this many of the last created; unset for no limit. */
  readonly limit?: number
  /** Whether to compute sizes: costly for the daemon. */
  readonly size: boolean
  readonly filters: Filters
  /** Gives up asking. */
  readonly signal?: AbortSignal
}

export interface StopContainer {
  readonly signal?: string
  /** Seconds before the kill; -1 waits for ever; unset leaves it to the container. */
  readonly timeout?: number
}

export interface RemoveContainer {
  readonly force: boolean
  readonly volumes: boolean
  readonly link: boolean
}

/** `/containers` of the Engine API. All methods throw EngineError and ConnectionError. */
export class ContainerApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async list({ all, limit, size, filters, signal }: ListContainers): Promise<ContainerSummary[]> {
    const docker = await this.#connection.docker()
    const answer = await docker.listContainers({
      _query: { all: flag(all), limit, size: flag(size), filters: nonEmpty(filters) },
      ...(signal === undefined ? {} : { abortSignal: signal }),
    })
    return asList(answer, 'container.Summary')
  }

  async start(nameOrId: string, query: Query = {}): Promise<void> {
    const container = await this.#container(nameOrId)
    await container.start({ _query: query, _body: {} })
  }

  async stop(nameOrId: string, { signal, timeout }: StopContainer): Promise<void> {
    const container = await this.#container(nameOrId)
    // A daemon before 1.42 would take the parameter for an unknown one and stop with the usual signal all the same.
    const knowsSignal = compareVersions(await this.#connection.apiVersion(), '1.42') >= 0
    await container.stop({ _query: { signal: knowsSignal ? signal : undefined, t: timeout }, _body: {} })
  }

  async kill(nameOrId: string, signal: string): Promise<void> {
    const container = await this.#container(nameOrId)
    await container.kill({ _query: { signal: signal || undefined }, _body: {} })
  }

  async remove(nameOrId: string, { force, volumes, link }: RemoveContainer): Promise<void> {
    const container = await this.#container(nameOrId)
    await container.remove({ _query: { force: flag(force), v: flag(volumes), link: flag(link) } })
  }

  async #container(nameOrId: string) {
    const segment = pathSegment('container', nameOrId)
    return (await this.#connection.docker()).getContainer(segment)
  }
}

/** docker sends a flag that is on as `1` and leaves out one that is off. */
function flag(isOn: boolean): 1 | undefined {
  return isOn ? 1 : undefined
}

function nonEmpty(filters: Filters): Filters | undefined {
  return Object.keys(filters).length > 0 ? filters : undefined
}
