import type { Filters } from '../../domain/filter.ts'
import { isObject, withFieldNames } from '../../domain/go/fields.ts'
import type { Int64 } from '../../domain/go/int.ts'
import type { JsonMessage } from '../../domain/image/json-message.ts'
import type { EnginePlugin, PluginPrivilege } from '../../domain/plugin/engine-plugin.ts'
import { type Connection, pathSegment } from '../connection.ts'
import { readJsonStream } from './json-stream.ts'
import { asList, asObject, checkValue, nonEmpty } from './shape.ts'
import { PLUGIN, PLUGIN_CONFIG, PLUGIN_PRIVILEGE } from './shapes/plugin.ts'

/** A plugin in a registry, with what it may do. */
export interface RemotePlugin {
  /** The full reference: `docker.io/vieux/sshfs:latest`. */
  readonly remote: string
  /** The X-Registry-Auth header. */
  readonly auth: string
  /**
   * The privileges that are granted, as the daemon listed them, because it compares them. A daemon lists none as null.
   */
  readonly privileges: readonly PluginPrivilege[] | null
}

/** A plugin that is being installed. */
export interface PulledPlugin {
  /** The name that the daemon has given to it. */
  readonly name: string
  readonly messages: AsyncIterable<JsonMessage>
}

/**
 * `/plugins` of the Engine API. Its callers create it from `Engine.connection`, so that other commands do not load it. All
 * methods throw EngineError and ConnectionError.
 */
export class PluginApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async list(filters: Filters): Promise<EnginePlugin[]> {
    const docker = await this.#connection.docker()
    const response = await docker.listPlugins({ _query: { filters: nonEmpty(filters) } })
    return asList(response, PLUGIN, 'types.PluginsListResponse')
  }

  async inspect(name: string): Promise<EnginePlugin> {
    const call = { method: 'GET', path: `${pathOf(name)}/json` } as const
    return asObject(await this.#connection.json<EnginePlugin>(call), PLUGIN)
  }

  /** @param archive a tar archive with `config.json` and `rootfs`, compressed or not */
  async create(name: string, archive: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#connection.text({
      method: 'POST',
      path: '/plugins/create',
      query: { name },
      upload: archive,
      headers: { 'Content-Type': 'application/x-tar' },
    })
  }

  /** @param timeout how long the daemon waits for the plugin, in seconds; 0 for the daemon's default */
  async enable(name: string, timeout: Int64): Promise<void> {
    await this.#connection.text({ method: 'POST', path: `${pathOf(name)}/enable`, query: { timeout } })
  }

  async disable(name: string, force: boolean): Promise<void> {
    const query = { force: force ? 1 : undefined }
    await this.#connection.text({ method: 'POST', path: `${pathOf(name)}/disable`, query })
  }

  async remove(name: string, force: boolean): Promise<void> {
    await this.#connection.text({ method: 'DELETE', path: pathOf(name), query: { force: force ? 1 : undefined } })
  }

  /** @param settings `KEY=VALUE` */
  async set(name: string, settings: readonly string[]): Promise<void> {
    await this.#connection.text({ method: 'POST', path: `${pathOf(name)}/set`, body: settings })
  }

  /** Returns what a plugin in a registry requests; null where the daemon lists nothing. */
  async privileges({ remote, auth }: Omit<RemotePlugin, 'privileges'>): Promise<PluginPrivilege[] | null> {
    const response = await this.#connection.json<Partial<PluginPrivilege>[] | null>({
      method: 'GET',
      path: '/plugins/privileges',
      query: { remote },
      headers: { 'X-Registry-Auth': auth },
    })
    if (response === null) return null
    return asList(response, PLUGIN_PRIVILEGE, 'types.PluginPrivileges').map(
      ({ Name = '', Description = '', Value = null }) => ({ Name, Description, Value }),
    )
  }

  /** @param name of the plugin in the engine; empty for the one in the registry */
  async pull(name: string, { remote, auth, privileges }: RemotePlugin): Promise<PulledPlugin> {
    const response = await this.#connection.respond({
      method: 'POST',
      path: '/plugins/pull',
      query: { remote, name },
      ...granting(privileges, auth),
    })
    return { name: response.header('docker-plugin-name'), messages: readJsonStream(response.body) }
  }

  /** Replaces a disabled plugin by another version. @returns the daemon's progress messages */
  async upgrade(name: string, { remote, auth, privileges }: RemotePlugin): Promise<AsyncIterable<JsonMessage>> {
    const response = await this.#connection.stream({
      method: 'POST',
      path: `${pathOf(name)}/upgrade`,
      query: { remote },
      ...granting(privileges, auth),
    })
    return readJsonStream(response)
  }

  /** @returns the daemon's progress messages */
  async push(name: string, auth: string): Promise<AsyncIterable<JsonMessage>> {
    const headers = { 'X-Registry-Auth': auth }
    const path = `${pathOf(name)}/push`
    return readJsonStream(await this.#connection.stream({ method: 'POST', path, headers }))
  }
}

/** Checks a plugin's config.json. @param config its JSON value @throws Error with docker's message */
export function checkPluginConfig(config: unknown): void {
  checkValue(isObject(config) ? withFieldNames(config, Object.keys(PLUGIN_CONFIG.fields ?? {})) : config, PLUGIN_CONFIG)
}

function pathOf(name: string): string {
  return `/plugins/${pathSegment('plugin', name)}`
}

/** Sends privileges. docker-modem would send an empty object instead of null. */
function granting(privileges: RemotePlugin['privileges'], auth: string) {
  return {
    upload: Buffer.from(JSON.stringify(privileges)),
    headers: { 'Content-Type': 'application/json', 'X-Registry-Auth': auth },
  }
}
