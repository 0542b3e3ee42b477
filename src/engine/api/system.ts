import { messageOf } from '../../domain/errors.ts'
import type { Filters } from '../../domain/filter.ts'
import type { AuthResponse, RegistryAuth } from '../../domain/registry/registry.ts'
import type { DiskUsage } from '../../domain/system/disk-usage.ts'
import type { SystemInfo } from '../../domain/system/info.ts'
import type { DaemonVersion } from '../../domain/system/version.ts'
import type { Connection } from '../connection.ts'
import { readJsonTexts } from './json-stream.ts'
import { asObject, checkObjectText, nonEmpty } from './shape.ts'

export interface WatchEvents {
  /** Unix times with fraction, or empty. */
  readonly since: string
  readonly until: string
  readonly filters: Filters
}

/** What is not about one object. All methods throw EngineError and ConnectionError. */
export class SystemApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async version(): Promise<DaemonVersion> {
    const response = await this.#connection.json<DaemonVersion>({ method: 'GET', path: '/version' })
    return asObject(response, 'types.Version')
  }

  async info(): Promise<SystemInfo> {
    return asObject(await this.#connection.json<SystemInfo>({ method: 'GET', path: '/info' }), 'system.Info')
  }

  /** The JSON of `info`, as the daemon wrote it. */
  async infoText(): Promise<string> {
    const text = await this.#connection.text({ method: 'GET', path: '/info' })
    checkObjectText(text, 'system.Info')
    return text
  }

  /** How much disk everything takes, which the daemon has to add up. */
  async diskUsage(): Promise<DiskUsage> {
    const response = await this.#connection.json<DiskUsage | null | undefined>({ method: 'GET', path: '/system/df' })
    try {
      return response === null ? {} : asObject<DiskUsage>(response, 'types.DiskUsage')
    } catch (error) {
      throw new Error(`Error retrieving disk usage: ${messageOf(error)}`, { cause: error })
    }
  }

  /** Whether the daemon manages a swarm. */
  async managesSwarm(): Promise<boolean> {
    return (await this.info()).Swarm?.ControlAvailable === true
  }

  /** What happens, as it happens, and what has happened since a time: one JSON text each, as the daemon wrote it. */
  async events({ since, until, filters }: WatchEvents): Promise<AsyncIterable<string>> {
    const query = { since: since || undefined, until: until || undefined, filters: nonEmpty(filters) }
    return eventsIn(await this.#connection.stream({ method: 'GET', path: '/events', query }))
  }

  /** Asks the daemon to try credentials against their registry. */
  async checkAuth(auth: RegistryAuth): Promise<AuthResponse> {
    const docker = await this.#connection.docker()
    return asObject(await docker.checkAuth({ _query: {}, _body: auth }), 'registry.AuthenticateOKBody')
  }
}

async function* eventsIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const text of readJsonTexts(bytes)) {
    if (!text.startsWith('{')) asObject(JSON.parse(text), 'events.Message')
    yield text
  }
}
