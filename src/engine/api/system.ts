import { ConnectionError, EngineError, messageOf } from '../../domain/errors.ts'
import type { Filters } from '../../domain/filter.ts'
import type { AuthResponse, RegistryAuth } from '../../domain/registry/registry.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import type { DiskUsage, DiskUsageByKind } from '../../domain/system/disk-usage.ts'
import type { SystemInfo } from '../../domain/system/info.ts'
import type { DaemonVersion } from '../../domain/system/version.ts'
import type { Call, Connection } from '../connection.ts'
import { readJsonTexts, together } from './json-stream.ts'
import { asObject, checkObjectText, nonEmpty } from './shape.ts'
import { EVENT } from './shapes/container.ts'
import { AUTH_RESPONSE } from './shapes/image.ts'
import { DAEMON_VERSION, DISK_USAGE, DISK_USAGE_BY_KIND, SYSTEM_INFO } from './shapes/system.ts'

export interface WatchEvents {
  /** Unix times in seconds with a fraction; empty for no limit. */
  readonly since: string
  readonly until: string
  readonly filters: Filters
}

/** Requests about the daemon itself. All methods throw EngineError and ConnectionError. */
export class SystemApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async version(): Promise<DaemonVersion> {
    const docker = await this.#connection.docker()
    const version: DaemonVersion = await docker.version({})
    return asObject(version, DAEMON_VERSION)
  }

  async info(): Promise<SystemInfo> {
    const docker = await this.#connection.docker()
    return readingInfo(async () => {
      const info: SystemInfo = await docker.info({})
      return asObject(info, SYSTEM_INFO)
    })
  }

  /** Returns the text of the JSON of `info`. */
  async infoText(): Promise<string> {
    return readingInfo(async () => {
      const text = await this.#connection.text({ method: 'GET', path: '/info' })
      checkObjectText(text, 'system.Info')
      return text
    })
  }

  /**
   * Returns the disk usage of objects, which the daemon has to compute.
   * @param types the kinds of objects that are needed; daemons before API 1.42 compute all of them
   */
  async diskUsage(types?: readonly ('volume' | 'build-cache')[]): Promise<DiskUsage> {
    // dockerode drops the parameters of this request.
    const response = await this.#connection.versionedJson<(DiskUsage & DiskUsageByKind) | null>((version) => ({
      method: 'GET',
      path: '/system/df',
      query: {
        type: compareVersions(version, '1.42') >= 0 ? types : undefined,
        // These versions send only totals, unless the objects are requested.
        verbose: compareVersions(version, '1.53') >= 0 ? 1 : undefined,
      },
    }))
    try {
      if (response === null) return {}
      if (compareVersions(await this.#connection.apiVersion(), '1.53') < 0) {
        return asObject<DiskUsage>(response, DISK_USAGE)
      }
      const { flattenUsage } = await import('./left-out-fields.ts')
      return flattenUsage(asObject<DiskUsageByKind>(response, DISK_USAGE_BY_KIND))
    } catch (error) {
      throw new Error(`Error retrieving disk usage: ${messageOf(error)}`, { cause: error })
    }
  }

  /** Whether the daemon is a swarm manager. */
  async isSwarmManager(): Promise<boolean> {
    return (await this.info()).Swarm?.ControlAvailable === true
  }

  /** Streams events, each as the text of its JSON: past ones from `since` on, then new ones until `until`. */
  async events(watch: WatchEvents, signal?: AbortSignal): Promise<AsyncIterable<string>> {
    return eachOf(await this.eventLists(watch, signal))
  }

  /** Streams events like `events`, those that arrive together as one list. */
  async eventLists(
    { since, until, filters }: WatchEvents,
    signal?: AbortSignal,
  ): Promise<AsyncIterable<readonly string[]>> {
    const query = { since: since || undefined, until: until || undefined, filters: nonEmpty(filters) }
    const call: Call = { method: 'GET', path: '/events', query, ...(signal === undefined ? {} : { signal }) }
    const events = checkedEvents(await this.#connection.stream(call))
    if (compareVersions(await this.#connection.apiVersion(), '1.52') < 0) return events
    const { completeEvents } = await import('./left-out-fields.ts')
    return completeEvents(events)
  }

  /** Has the daemon check credentials with their registry. */
  async checkAuth(auth: RegistryAuth): Promise<AuthResponse> {
    const docker = await this.#connection.docker()
    return asObject(await docker.checkAuth({ _query: {}, _body: auth }), AUTH_RESPONSE)
  }
}

async function* eachOf<T>(lists: AsyncIterable<readonly T[]>): AsyncGenerator<T> {
  for await (const list of lists) yield* list
}

async function* checkedEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  for await (const texts of readJsonTexts(bytes)) yield* together(texts.values().map(checkedEvent))
}

/** @throws Error with Go's message when a field has another type than that of an event */
function checkedEvent(text: string): string {
  const event: object | null = JSON.parse(text)
  asObject(event, EVENT)
  return event === null ? '{}' : text
}

/** Adds the words of moby's client to an error about the response's JSON. */
async function readingInfo<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof EngineError || error instanceof ConnectionError) throw error
    throw new Error(`Error reading remote info: ${messageOf(error)}`, { cause: error })
  }
}
