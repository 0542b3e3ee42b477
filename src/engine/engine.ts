import { nextTurn } from '../domain/next-turn.ts'
import { compareVersions } from '../domain/system/api-version.ts'
import { BuildCacheApi } from './api/build-cache.ts'
import { CheckpointApi } from './api/checkpoints.ts'
import { ContainerStreamApi } from './api/container-streams.ts'
import { ContainerApi } from './api/containers.ts'
import { ExecApi } from './api/execs.ts'
import { ImageApi } from './api/images.ts'
import { NetworkApi } from './api/networks.ts'
import { NodeApi } from './api/nodes.ts'
import { ObjectApi } from './api/objects.ts'
import { ServiceApi } from './api/services.ts'
import { SwarmApi } from './api/swarm.ts'
import { SwarmFileApi } from './api/swarm-files.ts'
import { SystemApi } from './api/system.ts'
import { TaskApi } from './api/tasks.ts'
import { VolumeApi } from './api/volumes.ts'
import { Connection, type ConnectionOptions } from './connection.ts'
import { CLIENT_API_VERSION, type DaemonFacts } from './negotiation.ts'

/**
 * The daemon's API: one class for each kind of object. They have no state, so each is created when it is used. Creating an
 * Engine sends no request.
 */
export class Engine {
  readonly connection: Connection

  constructor(options: ConnectionOptions) {
    this.connection = new Connection(options)
  }

  get buildCache(): BuildCacheApi {
    return new BuildCacheApi(this.connection)
  }

  get configs(): SwarmFileApi {
    return new SwarmFileApi(this.connection, 'config')
  }

  get checkpoints(): CheckpointApi {
    return new CheckpointApi(this.connection)
  }

  get containers(): ContainerApi {
    return new ContainerApi(this.connection)
  }

  get containerStreams(): ContainerStreamApi {
    return new ContainerStreamApi(this.connection)
  }

  get execs(): ExecApi {
    return new ExecApi(this.connection)
  }

  get images(): ImageApi {
    return new ImageApi(this.connection)
  }

  get networks(): NetworkApi {
    return new NetworkApi(this.connection)
  }

  get nodes(): NodeApi {
    return new NodeApi(this.connection)
  }

  get objects(): ObjectApi {
    return new ObjectApi(this.connection)
  }

  get secrets(): SwarmFileApi {
    return new SwarmFileApi(this.connection, 'secret')
  }

  get swarm(): SwarmApi {
    return new SwarmApi(this.connection)
  }

  get services(): ServiceApi {
    return new ServiceApi(this.connection)
  }

  get system(): SystemApi {
    return new SystemApi(this.connection)
  }

  get tasks(): TaskApi {
    return new TaskApi(this.connection)
  }

  get volumes(): VolumeApi {
    return new VolumeApi(this.connection)
  }

  /** The daemon's address, for messages. */
  get host(): string {
    return this.connection.endpoint.host
  }

  /** Returns the negotiated API version. */
  apiVersion(): Promise<string> {
    return this.connection.apiVersion()
  }

  /**
   * Has the next requests use at least an API version, because a flag needs it, as far as the daemon has it.
   * @returns the API version that they use
   */
  async useAtLeast(version: string): Promise<string> {
    if (compareVersions(version, CLIENT_API_VERSION) > 0) await this.connection.useAtLeast(version)
    return this.apiVersion()
  }

  /** Returns what the daemon's ping says about it. */
  facts(): Promise<DaemonFacts> {
    return this.connection.facts()
  }

  /**
   * Sends the ping already now, so that the daemon handles it while the command prepares its first request. That request
   * reports a failure.
   */
  async prepare(): Promise<void> {
    this.connection.negotiate().catch(() => {})
    await nextTurn()
  }

  /**
   * Prepares for attaching while the daemon handles the current request.
   * @param connections how many connections the command needs at the same time besides the first one
   */
  prepareUpgrade(connections: number): void {
    this.connection.prepareUpgrade(connections)
  }

  /** Closes idle connections, so that the process can exit. */
  close(): Promise<void> {
    return this.connection.close()
  }
}
