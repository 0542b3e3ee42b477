import type { TlsInfo } from '../swarm/node.ts'

type Pairs = readonly (readonly [string, string])[] | null

/** The fields of `GET /info` that are shown, named as the Engine API names them. An absent field means its zero value. */
export interface SystemInfo {
  readonly ID?: string
  readonly Containers?: number
  readonly ContainersRunning?: number
  readonly ContainersPaused?: number
  readonly ContainersStopped?: number
  readonly Images?: number
  readonly ServerVersion?: string
  readonly Driver?: string
  readonly DriverStatus?: Pairs
  readonly SystemStatus?: Pairs
  readonly LoggingDriver?: string
  readonly CgroupDriver?: string
  readonly CgroupVersion?: string
  readonly Plugins?: {
    readonly Volume?: readonly string[] | null
    readonly Network?: readonly string[] | null
    readonly Authorization?: readonly string[] | null
    readonly Log?: readonly string[] | null
  } | null
  readonly CDISpecDirs?: readonly string[] | null
  readonly DiscoveredDevices?: readonly { readonly Source?: string; readonly ID?: string }[] | null
  readonly Swarm?: SwarmInfo | null
  readonly Runtimes?: Readonly<Record<string, unknown>> | null
  readonly DefaultRuntime?: string
  readonly InitBinary?: string
  readonly ContainerdCommit?: { readonly ID?: string } | null
  readonly RuncCommit?: { readonly ID?: string } | null
  readonly InitCommit?: { readonly ID?: string } | null
  /** Each is `name=seccomp,profile=builtin`; old daemons send only the name. */
  readonly SecurityOptions?: readonly string[] | null
  readonly Isolation?: string
  readonly KernelVersion?: string
  readonly OperatingSystem?: string
  readonly OSType?: string
  readonly Architecture?: string
  readonly NCPU?: number
  /** Bytes. */
  readonly MemTotal?: number
  readonly Name?: string
  readonly DockerRootDir?: string
  readonly Debug?: boolean
  readonly NFd?: number
  readonly NGoroutines?: number
  readonly SystemTime?: string
  readonly NEventsListener?: number
  readonly HttpProxy?: string
  readonly HttpsProxy?: string
  readonly NoProxy?: string
  readonly Labels?: readonly string[] | null
  readonly ExperimentalBuild?: boolean
  readonly RegistryConfig?: {
    readonly InsecureRegistryCIDRs?: readonly string[] | null
    readonly IndexConfigs?: Readonly<Record<string, { readonly Name?: string; readonly Secure?: boolean }>> | null
    readonly Mirrors?: readonly string[] | null
  } | null
  readonly LiveRestoreEnabled?: boolean
  readonly ProductLicense?: string
  readonly DefaultAddressPools?: readonly { readonly Base?: string; readonly Size?: number }[] | null
  /** Since API 1.49. */
  readonly FirewallBackend?: { readonly Driver?: string; readonly Info?: Pairs } | null
  /** The Node Resource Interface, where it is enabled; since API 1.53. */
  readonly NRI?: { readonly Info?: Pairs } | null
  readonly Warnings?: readonly string[] | null
}

/** The daemon's state in its swarm. */
export interface SwarmInfo {
  /** `inactive`, `pending`, `active`, `error` or `locked`. */
  readonly LocalNodeState?: string
  readonly NodeID?: string
  readonly NodeAddr?: string
  readonly Error?: string
  readonly ControlAvailable?: boolean
  readonly Managers?: number
  readonly Nodes?: number
  readonly RemoteManagers?: readonly { readonly Addr?: string }[] | null
  readonly Cluster?: SwarmCluster | null
}

/** Durations are in nanoseconds. */
export interface SwarmCluster {
  readonly ID?: string
  readonly DefaultAddrPool?: readonly string[] | null
  readonly SubnetSize?: number
  readonly DataPathPort?: number
  readonly RootRotationInProgress?: boolean
  readonly TLSInfo?: TlsInfo
  readonly Spec?: {
    readonly Orchestration?: { readonly TaskHistoryRetentionLimit?: number | null }
    readonly Raft?: {
      readonly SnapshotInterval?: number
      readonly KeepOldSnapshots?: number | null
      readonly HeartbeatTick?: number
      readonly ElectionTick?: number
    }
    readonly Dispatcher?: { readonly HeartbeatPeriod?: number }
    readonly CAConfig?: {
      readonly NodeCertExpiry?: number
      readonly ForceRotate?: number
      readonly SigningCACert?: string
      readonly ExternalCAs?: readonly { readonly Protocol?: string; readonly URL?: string }[] | null
    }
    readonly EncryptionConfig?: { readonly AutoLockManagers?: boolean }
  }
}
