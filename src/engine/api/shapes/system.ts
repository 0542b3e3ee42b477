/** The shapes of responses about the daemon, networks and volumes. */
import {
  ANY,
  BOOL,
  filled,
  INT,
  INT64,
  LABELS,
  list,
  map,
  type Shape,
  STRING,
  STRINGS,
  struct,
  UINT32,
  UINT64,
} from '../shape.ts'
import { CONTAINER_SUMMARY } from './container.ts'
import { IMAGE_SUMMARY } from './image.ts'

export const DAEMON_VERSION = struct('types.Version', () => ({
  Platform: struct('struct { Name string }', () => ({ Name: STRING })),
  Components: list(
    struct('types.ComponentVersion', () => ({ Name: filled(STRING), Version: filled(STRING), Details: LABELS })),
  ),
  Version: STRING,
  ApiVersion: STRING,
  MinAPIVersion: STRING,
  GitCommit: STRING,
  GoVersion: STRING,
  Os: STRING,
  Arch: STRING,
  KernelVersion: STRING,
  Experimental: BOOL,
  BuildTime: STRING,
}))

const PAIRS = list({ ...list(STRING, '[2]string'), length: 2 })
const COMMIT = struct('system.Commit', () => ({ ID: STRING }))

const CLUSTER = struct('swarm.ClusterInfo', () => ({
  ID: STRING,
  Spec: struct('swarm.Spec', () => ({
    Orchestration: struct('swarm.OrchestrationConfig', () => ({ TaskHistoryRetentionLimit: INT64 })),
    Raft: struct('swarm.RaftConfig', () => ({
      SnapshotInterval: UINT64,
      KeepOldSnapshots: UINT64,
      ElectionTick: INT,
      HeartbeatTick: INT,
    })),
    Dispatcher: struct('swarm.DispatcherConfig', () => ({ HeartbeatPeriod: { ...INT64, goType: 'time.Duration' } })),
    CAConfig: struct('swarm.CAConfig', () => ({
      NodeCertExpiry: { ...INT64, goType: 'time.Duration' },
      ExternalCAs: list(
        struct('swarm.ExternalCA', () => ({ Protocol: STRING, URL: STRING })),
        '[]*swarm.ExternalCA',
      ),
      SigningCACert: STRING,
      ForceRotate: UINT64,
    })),
    EncryptionConfig: struct('swarm.EncryptionConfig', () => ({ AutoLockManagers: BOOL })),
  })),
  TLSInfo: struct('swarm.TLSInfo', () => ({
    TrustRoot: STRING,
    CertIssuerSubject: STRING,
    CertIssuerPublicKey: STRING,
  })),
  RootRotationInProgress: BOOL,
  DefaultAddrPool: STRINGS,
  SubnetSize: UINT32,
  DataPathPort: UINT32,
}))

export const SYSTEM_INFO = struct('system.Info', () => ({
  ID: STRING,
  Containers: INT,
  ContainersRunning: INT,
  ContainersPaused: INT,
  ContainersStopped: INT,
  Images: INT,
  Driver: STRING,
  DriverStatus: PAIRS,
  SystemStatus: PAIRS,
  Plugins: struct('system.PluginsInfo', () => ({
    Volume: STRINGS,
    Network: STRINGS,
    Authorization: STRINGS,
    Log: STRINGS,
  })),
  Debug: BOOL,
  NFd: INT,
  NGoroutines: INT,
  SystemTime: STRING,
  LoggingDriver: STRING,
  CgroupDriver: STRING,
  CgroupVersion: STRING,
  NEventsListener: INT,
  KernelVersion: STRING,
  OperatingSystem: STRING,
  OSVersion: STRING,
  OSType: STRING,
  Architecture: STRING,
  RegistryConfig: struct('registry.ServiceConfig', () => ({
    InsecureRegistryCIDRs: list(STRING, '[]*registry.NetIPNet'),
    IndexConfigs: map(
      struct('registry.IndexInfo', () => ({ Name: STRING, Mirrors: STRINGS, Secure: BOOL, Official: BOOL })),
    ),
    Mirrors: STRINGS,
  })),
  NCPU: INT,
  MemTotal: INT64,
  DockerRootDir: STRING,
  HttpProxy: STRING,
  HttpsProxy: STRING,
  NoProxy: STRING,
  Name: STRING,
  Labels: STRINGS,
  ExperimentalBuild: BOOL,
  ServerVersion: STRING,
  Runtimes: map(ANY),
  DefaultRuntime: STRING,
  Swarm: struct('swarm.Info', () => ({
    NodeID: STRING,
    NodeAddr: STRING,
    LocalNodeState: { ...STRING, goType: 'swarm.LocalNodeState' },
    ControlAvailable: BOOL,
    Error: STRING,
    RemoteManagers: list(struct('swarm.Peer', () => ({ NodeID: STRING, Addr: STRING }))),
    Nodes: INT,
    Managers: INT,
    Cluster: CLUSTER,
  })),
  LiveRestoreEnabled: BOOL,
  Isolation: { ...STRING, goType: 'container.Isolation' },
  InitBinary: STRING,
  ContainerdCommit: COMMIT,
  RuncCommit: COMMIT,
  InitCommit: COMMIT,
  SecurityOptions: STRINGS,
  ProductLicense: STRING,
  DefaultAddressPools: list(struct('system.NetworkAddressPool', () => ({ Base: STRING, Size: INT }))),
  FirewallBackend: struct('system.FirewallInfo', () => ({ Driver: STRING, Info: PAIRS })),
  CDISpecDirs: STRINGS,
  DiscoveredDevices: list(struct('system.DeviceInfo', () => ({ Source: STRING, ID: STRING }))),
  NRI: struct('system.NRIInfo', () => ({ Info: PAIRS })),
  Warnings: STRINGS,
}))

export const VOLUME = struct('volume.Volume', () => ({
  ClusterVolume: struct('volume.ClusterVolume', () => ({
    Spec: struct('volume.ClusterVolumeSpec', () => ({ Group: STRING, Availability: STRING })),
    Info: struct('volume.Info', () => ({ VolumeID: STRING })),
    PublishStatus: list(struct('volume.PublishStatus', () => ({}))),
  })),
  CreatedAt: STRING,
  Driver: STRING,
  Labels: LABELS,
  Mountpoint: STRING,
  Name: STRING,
  Options: LABELS,
  Scope: STRING,
  UsageData: struct('volume.UsageData', () => ({ RefCount: INT64, Size: INT64 })),
}))

export const VOLUME_LIST = struct('volume.ListResponse', () => ({ Volumes: list(VOLUME, '[]*volume.Volume') }))
export const PRUNED_VOLUMES = struct('volume.PruneReport', () => ({ VolumesDeleted: STRINGS, SpaceReclaimed: UINT64 }))

export const NETWORK = struct('network.Inspect', () => ({
  Name: STRING,
  Id: STRING,
  Created: STRING,
  Scope: STRING,
  Driver: STRING,
  EnableIPv4: BOOL,
  EnableIPv6: BOOL,
  Internal: BOOL,
  Labels: LABELS,
}))

export const CREATED_NETWORK = struct('network.CreateResponse', () => ({ Id: STRING, Warning: STRING }))
export const PRUNED_NETWORKS = struct('network.PruneReport', () => ({ NetworksDeleted: STRINGS }))

const BUILD_CACHE_RECORD = struct('build.CacheRecord', () => ({
  ID: STRING,
  Parent: STRING,
  ' Parents': STRINGS,
  Parents: STRINGS,
  Type: STRING,
  Description: STRING,
  InUse: BOOL,
  Shared: BOOL,
  Size: INT64,
  CreatedAt: STRING,
  LastUsedAt: STRING,
  UsageCount: INT,
}))

export const DISK_USAGE = struct('types.DiskUsage', () => ({
  LayersSize: INT64,
  Images: list(IMAGE_SUMMARY, '[]*image.Summary'),
  Containers: list(CONTAINER_SUMMARY, '[]*container.Summary'),
  Volumes: list(VOLUME, '[]*volume.Volume'),
  BuildCache: list(BUILD_CACHE_RECORD, '[]*build.CacheRecord'),
}))

const usageOf = (goType: string, item: Shape) => struct(goType, () => ({ TotalSize: INT64, Items: list(item) }))

export const DISK_USAGE_BY_KIND = struct('system.DiskUsage', () => ({
  ImageUsage: usageOf('image.DiskUsage', IMAGE_SUMMARY),
  ContainerUsage: usageOf('container.DiskUsage', CONTAINER_SUMMARY),
  VolumeUsage: usageOf('volume.DiskUsage', VOLUME),
  BuildCacheUsage: usageOf('build.DiskUsage', BUILD_CACHE_RECORD),
}))

export const PRUNED_BUILD_CACHE = struct('build.CachePruneReport', () => ({
  CachesDeleted: STRINGS,
  SpaceReclaimed: UINT64,
}))
