import { BuildCacheApi } from './build-cache.ts'
import { CheckpointApi } from './checkpoints.ts'
import { Connection, type ConnectionOptions, type DaemonFacts } from './connection.ts'
import { ContainerStreamApi } from './container-streams.ts'
import { ContainerApi } from './containers.ts'
import { ExecApi } from './execs.ts'
import { ImageApi } from './images.ts'
import { NetworkApi } from './networks.ts'
import { NodeApi } from './nodes.ts'
import { ObjectApi } from './objects.ts'
import { ServiceApi } from './services.ts'
import { SwarmApi } from './swarm.ts'
import { SwarmFileApi } from './swarm-files.ts'
import { SystemApi } from './system.ts'
import { TaskApi } from './tasks.ts'
import { VolumeApi } from './volumes.ts'

/** The daemon as commands see it, one small API an object. Nothing is sent before a method is called. */
export class Engine {
  readonly connection: Connection
  readonly buildCache: BuildCacheApi
  readonly configs: SwarmFileApi
  readonly checkpoints: CheckpointApi
  readonly containers: ContainerApi
  readonly containerStreams: ContainerStreamApi
  readonly execs: ExecApi
  readonly images: ImageApi
  readonly networks: NetworkApi
  readonly nodes: NodeApi
  readonly objects: ObjectApi
  readonly secrets: SwarmFileApi
  readonly swarm: SwarmApi
  readonly services: ServiceApi
  readonly system: SystemApi
  readonly tasks: TaskApi
  readonly volumes: VolumeApi

  constructor(options: ConnectionOptions) {
    this.connection = new Connection(options)
    this.buildCache = new BuildCacheApi(this.connection)
    this.configs = new SwarmFileApi(this.connection, 'config')
    this.checkpoints = new CheckpointApi(this.connection)
    this.containers = new ContainerApi(this.connection)
    this.containerStreams = new ContainerStreamApi(this.connection)
    this.execs = new ExecApi(this.connection)
    this.images = new ImageApi(this.connection)
    this.networks = new NetworkApi(this.connection)
    this.nodes = new NodeApi(this.connection)
    this.objects = new ObjectApi(this.connection)
    this.secrets = new SwarmFileApi(this.connection, 'secret')
    this.swarm = new SwarmApi(this.connection)
    this.services = new ServiceApi(this.connection)
    this.system = new SystemApi(this.connection)
    this.tasks = new TaskApi(this.connection)
    this.volumes = new VolumeApi(this.connection)
  }

  /** The address as messages name it. */
  get host(): string {
    return this.connection.endpoint.host
  }

  /** The API version that daemon and client share. */
  apiVersion(): Promise<string> {
    return this.connection.apiVersion()
  }

  /** What the daemon's ping says of it. */
  facts(): Promise<DaemonFacts> {
    return this.connection.facts()
  }

  /** Gets ready to attach while the daemon works on what was just asked of it. */
  prepareUpgrade(): void {
    this.connection.prepareUpgrade()
  }

  /** Lets go of kept connections, so that the process can end. */
  close(): Promise<void> {
    return this.connection.close()
  }
}
