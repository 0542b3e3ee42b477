import type { Rotation, Swarm, SwarmInitBody, SwarmJoinBody, SwarmSpec } from '../../domain/swarm/swarm.ts'
import type { Connection } from '../connection.ts'
import { asObject } from './shape.ts'
import { SWARM, UNLOCK_KEY } from './shapes/swarm.ts'

/** `/swarm` of the Engine API. All methods throw EngineError and ConnectionError. */
export class SwarmApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async inspect(): Promise<Swarm> {
    return asObject(await this.#connection.exactJson<Swarm>({ method: 'GET', path: '/swarm' }), SWARM)
  }

  /** @returns the id of this daemon's node */
  async init(body: SwarmInitBody): Promise<string> {
    const docker = await this.#connection.docker()
    return docker.swarmInit({ _query: {}, _body: body })
  }

  async join(body: SwarmJoinBody): Promise<void> {
    await this.#connection.text({ method: 'POST', path: '/swarm/join', body })
  }

  async leave(force: boolean): Promise<void> {
    await this.#connection.text({ method: 'POST', path: '/swarm/leave', query: { force: force ? 1 : undefined } })
  }

  /** Updates the swarm unless it has changed since it was read. @param rotation the token or key to replace */
  async update({ Version }: Swarm, spec: SwarmSpec, rotation?: Rotation): Promise<void> {
    const query = {
      version: Version?.Index ?? 0,
      rotateWorkerToken: String(rotation === 'rotateWorkerToken'),
      rotateManagerToken: String(rotation === 'rotateManagerToken'),
      rotateManagerUnlockKey: String(rotation === 'rotateManagerUnlockKey'),
    }
    await this.#connection.text({ method: 'POST', path: '/swarm/update', query, body: spec })
  }

  /** Returns the key that unlocks a restarted manager; empty when managers are not locked. */
  async unlockKey(): Promise<string> {
    const call = { method: 'GET', path: '/swarm/unlockkey' } as const
    const response = await this.#connection.json<{ readonly UnlockKey?: string }>(call)
    return asObject(response, UNLOCK_KEY).UnlockKey ?? ''
  }

  async unlock(key: string): Promise<void> {
    await this.#connection.text({ method: 'POST', path: '/swarm/unlock', body: { UnlockKey: key } })
  }
}
