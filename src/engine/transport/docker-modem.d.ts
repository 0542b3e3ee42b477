/** JSON text that JSON.stringify writes unchanged; TypeScript does not know it yet. */
interface JSON {
  rawJSON(text: string): object
}

/** The part of docker-modem that is used here: it composes path, headers and body and passes them to `buildRequest`. */
declare module 'docker-modem' {
  namespace Modem {
    interface DialOptions {
      path: string
      method: string
      /** `_query` goes into the URL when the path ends in `?`; `_body` into a POST's body. */
      options?: { _query?: Record<string, unknown>; _body?: unknown }
      headers?: Record<string, string | string[]>
      /** A body that is not JSON. */
      file?: Buffer | AsyncIterable<Uint8Array>
      hijack?: boolean
      /** Our addition: receives a response that is not parsed as JSON. */
      receiver?: Receiver
      abortSignal?: AbortSignal
      statusCodes: Record<number, true>
    }

    /** Exactly one of the functions is set. It is called at most once. */
    interface Receiver {
      stream?: (response: import('./wire.ts').StreamedResponse) => void
      head?: (response: import('./wire.ts').ResponseHead) => void
      upgrade?: (hijacked: import('./wire.ts').Hijacked) => void
      /** Whether the hijacked connection has to be a Node stream. */
      needsNodeStream?: boolean
      text?: (text: string) => void
      /** Whether integers from 2^53 on become bigints in the JSON. */
      isExact?: boolean
      /** Whether the request is not repeated with a newer API version when the daemon refuses its own. */
      isTiedToVersion?: boolean
    }

    /** The request that `dial` composes from the options. */
    interface ComposedRequest {
      path: string
      method: string
      headers: Record<string, string | number | string[]>
      signal?: AbortSignal
    }

    type Body = string | Buffer | AsyncIterable<Uint8Array> | undefined
    /** The daemon's JSON is not validated: it has the type that the caller expects. */
    type Callback<T> = (error: unknown, result: T) => void
  }

  interface Modem {
    version: string
    headers: Record<string, string>
    socketPath: string
    dial<T>(options: Modem.DialOptions, callback: Modem.Callback<T>): void
    getSocketPath(): Promise<string>
    buildRequest(
      request: Modem.ComposedRequest,
      context: Modem.DialOptions,
      body: Modem.Body,
      callback: Modem.Callback<unknown>,
    ): void
    buildQuerystring(query: Record<string, unknown>): string
  }

  const Modem: { prototype: Modem }

  export = Modem
}

/** The part of dockerode that is used here, with the types of the results. */
declare module 'dockerode' {
  import type Modem from 'docker-modem'

  namespace Docker {
    interface CallOptions {
      _query?: Record<string, unknown>
      _body?: unknown
      abortSignal?: AbortSignal
    }

    interface Container {
      start(options: CallOptions): Promise<unknown>
      stop(options: CallOptions): Promise<unknown>
      restart(options: CallOptions): Promise<unknown>
      pause(options: CallOptions): Promise<unknown>
      unpause(options: CallOptions): Promise<unknown>
      rename(options: CallOptions): Promise<unknown>
      update(options: CallOptions): Promise<import('../../domain/container/container.ts').UpdateResponse>
      inspect(options: CallOptions): Promise<import('../../domain/container/container.ts').PublishedContainer>
      top(options: CallOptions): Promise<import('../../domain/container/container.ts').ProcessList>
      changes(options: CallOptions): Promise<import('../../domain/container/container.ts').FileChange[]>
      kill(options: CallOptions): Promise<unknown>
      remove(options: CallOptions): Promise<unknown>
      resize(options: CallOptions): Promise<unknown>
      listCheckpoint(options: CallOptions): Promise<{ readonly Name?: string }[] | null>
    }

    interface Exec {
      inspect(options: CallOptions): Promise<{ readonly ExitCode: number | null }>
    }

    /** An object that is only inspected through dockerode. */
    interface Inspectable<T> {
      inspect(options: CallOptions): Promise<T>
    }

    interface ClusterVolume {
      readonly ID?: string
      readonly Version?: { readonly Index?: number }
      readonly Spec?: Readonly<Record<string, unknown>>
    }

    interface PruneReport {
      readonly ContainersDeleted?: readonly string[] | null
      readonly ImagesDeleted?: readonly import('../../domain/image/image.ts').ImageDeletion[] | null
      readonly NetworksDeleted?: readonly string[] | null
      readonly VolumesDeleted?: readonly string[] | null
      readonly SpaceReclaimed?: number
    }

    interface Image {
      tag(options: CallOptions): Promise<unknown>
      remove(options: CallOptions): Promise<import('../../domain/image/image.ts').ImageDeletion[]>
    }

    interface Network {
      inspect(options: CallOptions): Promise<{ readonly Ingress?: boolean }>
      remove(options: CallOptions): Promise<unknown>
      connect(options: CallOptions): Promise<unknown>
      disconnect(options: CallOptions): Promise<unknown>
    }
  }

  class Docker {
    constructor(options: { modem: Modem })
    readonly modem: Modem
    getContainer(id: string): Docker.Container
    getImage(name: string): Docker.Image
    getNetwork(id: string): Docker.Network
    getExec(id: string): Docker.Exec
    getVolume(name: string): Docker.Inspectable<{ readonly ClusterVolume?: Docker.ClusterVolume | null }>
    getNode(id: string): Docker.Inspectable<import('../../domain/swarm/node.ts').SwarmNode>
    getTask(id: string): Docker.Inspectable<import('../../domain/service/service.ts').ServiceTask>
    getSecret(id: string): Docker.Inspectable<import('../../domain/swarm/file.ts').SwarmFile>
    getConfig(id: string): Docker.Inspectable<import('../../domain/swarm/file.ts').SwarmFile>
    listNodes(options: Docker.CallOptions): Promise<import('../../domain/swarm/node.ts').SwarmNode[] | null>
    listTasks(options: Docker.CallOptions): Promise<import('../../domain/swarm/task.ts').Task[] | null>
    listServices(options: Docker.CallOptions): Promise<import('../../domain/service/service.ts').Service[] | null>
    listSecrets(options: Docker.CallOptions): Promise<import('../../domain/swarm/file.ts').SwarmFile[] | null>
    listConfigs(options: Docker.CallOptions): Promise<import('../../domain/swarm/file.ts').SwarmFile[] | null>
    pruneContainers(options: Docker.CallOptions): Promise<Docker.PruneReport | null | undefined>
    pruneImages(options: Docker.CallOptions): Promise<Docker.PruneReport | null | undefined>
    pruneNetworks(options: Docker.CallOptions): Promise<Docker.PruneReport | null | undefined>
    pruneVolumes(options: Docker.CallOptions): Promise<Docker.PruneReport | null | undefined>
    info(options: Docker.CallOptions): Promise<import('../../domain/system/info.ts').SystemInfo>
    version(options: Docker.CallOptions): Promise<import('../../domain/system/version.ts').DaemonVersion>
    df(options: Docker.CallOptions): Promise<import('../../domain/system/disk-usage.ts').DiskUsage | null | undefined>
    swarmInspect(options: Docker.CallOptions): Promise<import('../../domain/swarm/swarm.ts').Swarm>
    swarmInit(options: Docker.CallOptions): Promise<string>
    listContainers(
      options: Docker.CallOptions,
    ): Promise<import('../../domain/container/container.ts').ContainerSummary[]>
    listNetworks(options: Docker.CallOptions): Promise<import('../../domain/network/network.ts').NetworkSummary[]>
    listPlugins(options: Docker.CallOptions): Promise<import('../../domain/plugin/engine-plugin.ts').EnginePlugin[]>
    listVolumes(
      options: Docker.CallOptions,
    ): Promise<{ Volumes?: import('../../domain/volume/volume.ts').VolumeSummary[] | null }>
    listImages(options: Docker.CallOptions): Promise<import('../../domain/image/image.ts').ImageSummary[]>
    checkAuth(options: Docker.CallOptions): Promise<import('../../domain/registry/registry.ts').AuthResponse>
  }

  export = Docker
}
