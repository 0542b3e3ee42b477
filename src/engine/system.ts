import type { AuthAnswer, RegistryAuth } from '../domain/registry.ts'
import type { DaemonVersion } from '../domain/version.ts'
import type { Connection } from './connection.ts'
import { asObject } from './shape.ts'

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

  /** Whether the daemon manages a swarm. */
  async managesSwarm(): Promise<boolean> {
    const info = await this.#connection.json<{ Swarm?: { ControlAvailable?: boolean } }>({
      method: 'GET',
      path: '/info',
    })
    return asObject(info, 'system.Info').Swarm?.ControlAvailable === true
  }

  /** Asks the daemon to try credentials against their registry. */
  async checkAuth(auth: RegistryAuth): Promise<AuthAnswer> {
    const docker = await this.#connection.docker()
    return asObject(await docker.checkAuth({ _query: {}, _body: auth }), 'registry.AuthenticateOKBody')
  }
}
