import type { Filters } from '../../domain/filter.ts'
import type { SwarmFile, SwarmFileSpec } from '../../domain/swarm/file.ts'
import { type Connection, pathSegment } from '../connection.ts'
import { asList, asObject, nonEmpty } from './shape.ts'
import { CREATED_SWARM_FILES, SWARM_FILES } from './shapes/swarm.ts'

export type SwarmFileKind = 'secret' | 'config'

/**
 * `/secrets` and `/configs` of the Engine API, which have the same form. All methods throw EngineError and
 * ConnectionError.
 */
export class SwarmFileApi {
  readonly #connection: Connection
  readonly #kind: SwarmFileKind

  constructor(connection: Connection, kind: SwarmFileKind) {
    this.#connection = connection
    this.#kind = kind
  }

  /** @param signal cancels the request */
  async list(filters: Filters, signal?: AbortSignal): Promise<SwarmFile[]> {
    const docker = await this.#connection.docker()
    const options = { _query: { filters: nonEmpty(filters) }, ...(signal ? { abortSignal: signal } : {}) }
    const files = this.#kind === 'secret' ? docker.listSecrets(options) : docker.listConfigs(options)
    return asList(await files, SWARM_FILES[this.#kind])
  }

  async inspect(nameOrId: string): Promise<SwarmFile> {
    const id = pathSegment(this.#kind, nameOrId)
    const docker = await this.#connection.docker()
    const file = this.#kind === 'secret' ? docker.getSecret(id) : docker.getConfig(id)
    return asObject(await file.inspect({}), SWARM_FILES[this.#kind])
  }

  /** @returns the id; empty when the daemon does not return one */
  async create(spec: SwarmFileSpec): Promise<string> {
    const call = { method: 'POST', path: `/${this.#kind}s/create`, body: spec } as const
    const response = await this.#connection.json<{ readonly ID?: string }>(call)
    return asObject(response, CREATED_SWARM_FILES[this.#kind]).ID ?? ''
  }

  /** Replaces a secret or a config unless it has changed since it was read. */
  async update({ ID = '', Version }: SwarmFile, spec: SwarmFileSpec): Promise<void> {
    const query = { version: Version?.Index ?? 0 }
    await this.#connection.text({ method: 'POST', path: `${this.#path(ID)}/update`, query, body: spec })
  }

  async remove(nameOrId: string): Promise<void> {
    await this.#connection.text({ method: 'DELETE', path: this.#path(nameOrId) })
  }

  #path(nameOrId: string): string {
    return `/${this.#kind}s/${pathSegment(this.#kind, nameOrId)}`
  }
}
