import type { Filters } from '../../domain/filter.ts'
import type { Int64 } from '../../domain/go/int.ts'
import { escapePath } from '../../domain/go/url.ts'
import type { Service, ServiceSpec, ServiceTask } from '../../domain/service/service.ts'
import { type Connection, pathSegment, type Query } from '../connection.ts'
import { asList, asObject, nonEmpty } from './shape.ts'
import { CREATED_SERVICE, DISTRIBUTION, SERVICE, TASK, UPDATED_SERVICE } from './shapes/swarm.ts'
import { NETWORK } from './shapes/system.ts'

/** The first API version with the swap settings of services. */
const SWAP_SETTINGS = '1.52'

/** An update of a service. */
export interface UpdateService {
  readonly id: string
  /** The version of the service that was read: the daemon refuses the update when the service has changed since. */
  readonly version: Int64
  readonly spec: ServiceSpec
  /** The X-Registry-Auth header; empty for none. */
  readonly auth: string
  /** The source of the nodes' credentials when there is no header: `spec` for the service's own; empty to omit it. */
  readonly authFrom: '' | 'spec'
  /** Whether the daemon restores the previous spec and ignores this one. */
  readonly isRollback: boolean
}

export interface ServiceLogRequest {
  readonly follow: boolean
  readonly timestamps: boolean
  readonly details: boolean
  /** A Unix time in seconds with a fraction; empty for no limit. */
  readonly since: string
  /** A number of lines, or `all`. */
  readonly tail: string
}

/** A registry's description of an image. */
export interface DistributionFacts {
  readonly Descriptor?: { readonly digest?: string; readonly mediaType?: string }
  readonly Platforms?: readonly { readonly architecture?: string; readonly os?: string }[] | null
}

interface CreateResponse {
  readonly ID?: string
  readonly Warnings?: readonly string[] | null
}

interface NetworkFacts {
  readonly Id?: string
  readonly Name?: string
}

/**
 * `/services` of the Engine API, and the requests for tasks, networks and images that services need. All methods throw
 * EngineError and ConnectionError.
 */
export class ServiceApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /** @param hasStatus whether the daemon counts each service's tasks */
  async list(filters: Filters, hasStatus: boolean): Promise<Service[]> {
    const docker = await this.#connection.docker()
    const query = { filters: nonEmpty(filters), status: hasStatus ? 'true' : undefined }
    return asList(await docker.listServices({ _query: query }), SERVICE)
  }

  async inspect(nameOrId: string): Promise<Service> {
    const path = `/services/${pathSegment('service', nameOrId)}`
    const query = { insertDefaults: 'false' }
    return asObject(await this.#connection.exactJson<Service>({ method: 'GET', path, query }), SERVICE)
  }

  /** @param auth the X-Registry-Auth header; empty for none @returns the id and the daemon's warnings */
  async create(spec: ServiceSpec, auth: string): Promise<{ id: string; warnings: readonly string[] }> {
    await this.#connection.requireVersion()
    const call = { method: 'POST', path: '/services/create', body: spec, headers: authHeader(auth) } as const
    const response = asObject(await this.#connection.json<CreateResponse>(call), CREATED_SERVICE)
    return { id: response.ID ?? '', warnings: response.Warnings ?? [] }
  }

  /** @returns the daemon's warnings */
  async update({ id, version, spec, auth, authFrom, isRollback }: UpdateService): Promise<readonly string[]> {
    const query: Query = {
      registryAuthFrom: authFrom || undefined,
      rollback: isRollback ? 'previous' : undefined,
      version,
    }
    const path = `/services/${pathSegment('service', id)}/update`
    const { SwapBytes, MemorySwappiness } = spec.TaskTemplate?.Resources ?? {}
    // Older versions would reset these, whatever the update is about.
    if ((SwapBytes ?? MemorySwappiness ?? null) !== null) await this.#connection.useAtLeast(SWAP_SETTINGS)
    await this.#connection.requireVersion()
    const call = { method: 'POST', path, query, body: spec, headers: authHeader(auth) } as const
    return asObject(await this.#connection.json<CreateResponse>(call), UPDATED_SERVICE).Warnings ?? []
  }

  async remove(nameOrId: string): Promise<void> {
    await this.#connection.text({ method: 'DELETE', path: `/services/${pathSegment('service', nameOrId)}` })
  }

  async logs(
    kind: 'service' | 'task',
    nameOrId: string,
    request: ServiceLogRequest,
  ): Promise<AsyncIterable<Uint8Array>> {
    const query: Query = {
      stdout: 1,
      stderr: 1,
      since: request.since || undefined,
      timestamps: request.timestamps ? 1 : undefined,
      details: request.details ? 1 : undefined,
      follow: request.follow ? 1 : undefined,
      tail: request.tail,
    }
    const path = `/${kind}s/${pathSegment(kind, nameOrId)}/logs`
    return this.#connection.stream({ method: 'GET', path, query })
  }

  /** Returns a registry's description of an image. @param auth the X-Registry-Auth header; empty for none */
  async distribution(image: string, auth: string, signal?: AbortSignal): Promise<DistributionFacts> {
    await this.#connection.requireVersion()
    const path = `/distribution/${escapePath(image)}/json`
    const call = { method: 'GET', path, headers: authHeader(auth), ...(signal ? { signal } : {}) } as const
    return asObject(await this.#connection.json<DistributionFacts>(call), DISTRIBUTION)
  }

  async task(id: string): Promise<ServiceTask> {
    const segment = pathSegment('task', id)
    const docker = await this.#connection.docker()
    const task: ServiceTask = await docker.getTask(segment).inspect({})
    return asObject(task, TASK)
  }

  /** Returns the id and name of a swarm network. */
  async network(nameOrId: string): Promise<{ id: string; name: string }> {
    const path = `/networks/${pathSegment('network', nameOrId)}`
    const call = { method: 'GET', path, query: { scope: 'swarm' } } as const
    const { Id = '', Name = '' } = asObject(await this.#connection.json<NetworkFacts>(call), NETWORK)
    return { id: Id, name: Name }
  }
}

function authHeader(auth: string): Record<string, string> {
  return auth === '' ? {} : { 'X-Registry-Auth': auth }
}
