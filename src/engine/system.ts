import type { AuthAnswer, RegistryAuth } from '../domain/registry.ts'
import type { SystemInfo } from '../domain/system-info.ts'
import type { DaemonVersion } from '../domain/version.ts'
import type { Connection } from './connection.ts'
import { asObject, checkObjectText } from './shape.ts'

/** What is not about one object. All methods throw EngineError and ConnectionError. */
export class SystemApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async version(): Promise<DaemonVersion> {
    const answer = await this.#connection.json<DaemonVersion>({ method: 'GET', path: '/version' })
    return asObject(answer, 'types.Version')
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

  /** Whether the daemon manages a swarm. */
  async managesSwarm(): Promise<boolean> {
    return (await this.info()).Swarm?.ControlAvailable === true
  }

  /** Asks the daemon to try credentials against their registry. */
  async checkAuth(auth: RegistryAuth): Promise<AuthAnswer> {
    const docker = await this.#connection.docker()
    return asObject(await docker.checkAuth({ _query: {}, _body: auth }), 'registry.AuthenticateOKBody')
  }
}
