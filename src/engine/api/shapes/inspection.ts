/** The shapes of the whole configuration of a container, and of what an image contributes to it. */
import {
  BOOL,
  embedded,
  filled,
  INT,
  INT64,
  LABELS,
  list,
  map,
  STRING,
  STRINGS,
  struct,
  UINT16,
  UINT64,
} from '../shape.ts'

const EMPTY = struct('struct {}', () => ({}))

const HEALTHCHECK = struct('container.HealthConfig', () => ({
  Test: STRINGS,
  Interval: INT64,
  Timeout: INT64,
  StartPeriod: INT64,
  StartInterval: INT64,
  Retries: INT,
}))

const CONFIG_FIELDS = {
  User: STRING,
  ExposedPorts: map(EMPTY),
  Env: STRINGS,
  Cmd: STRINGS,
  Healthcheck: HEALTHCHECK,
  Volumes: map(EMPTY),
  WorkingDir: STRING,
  Entrypoint: STRINGS,
  Labels: LABELS,
  StopSignal: STRING,
}

const CONFIG = struct('container.Config', () => ({
  ...CONFIG_FIELDS,
  Hostname: STRING,
  Domainname: STRING,
  AttachStdin: BOOL,
  AttachStdout: BOOL,
  AttachStderr: BOOL,
  Tty: BOOL,
  OpenStdin: BOOL,
  StdinOnce: BOOL,
  Image: STRING,
  MacAddress: STRING,
  StopTimeout: INT,
}))

const RATES = list(struct('blkiodev.ThrottleDevice', () => ({ Path: filled(STRING), Rate: filled(UINT64) })))

const DEVICE = struct('container.DeviceMapping', () => ({
  PathOnHost: filled(STRING),
  PathInContainer: filled(STRING),
  CgroupPermissions: filled(STRING),
}))

const DEVICE_REQUEST = struct('container.DeviceRequest', () => ({
  Driver: filled(STRING),
  Count: filled(INT),
  DeviceIDs: STRINGS,
  Capabilities: list(STRINGS),
  Options: LABELS,
}))

const RESOURCES = {
  CpuShares: INT64,
  Memory: INT64,
  NanoCpus: INT64,
  CgroupParent: STRING,
  BlkioWeight: UINT16,
  BlkioWeightDevice: list(struct('blkiodev.WeightDevice', () => ({ Path: filled(STRING), Weight: filled(UINT16) }))),
  BlkioDeviceReadBps: RATES,
  BlkioDeviceWriteBps: RATES,
  BlkioDeviceReadIOps: RATES,
  BlkioDeviceWriteIOps: RATES,
  CpuPeriod: INT64,
  CpuQuota: INT64,
  CpuRealtimePeriod: INT64,
  CpuRealtimeRuntime: INT64,
  CpusetCpus: STRING,
  CpusetMems: STRING,
  Devices: list(DEVICE),
  DeviceCgroupRules: STRINGS,
  DeviceRequests: list(DEVICE_REQUEST),
  KernelMemory: INT64,
  MemoryReservation: INT64,
  MemorySwap: INT64,
  MemorySwappiness: INT64,
  OomKillDisable: BOOL,
  PidsLimit: INT64,
  Ulimits: list(struct('units.Ulimit', () => ({ Name: filled(STRING), Hard: filled(INT64), Soft: filled(INT64) }))),
  CpuCount: INT64,
  CpuPercent: INT64,
  IOMaximumIOps: UINT64,
  IOMaximumBandwidth: UINT64,
}

const MOUNT = struct('mount.Mount', () => ({
  Type: filled(STRING),
  Source: STRING,
  Target: filled(STRING),
  ReadOnly: BOOL,
  Consistency: STRING,
  BindOptions: struct('mount.BindOptions', () => ({
    Propagation: STRING,
    NonRecursive: BOOL,
    CreateMountpoint: BOOL,
    ReadOnlyNonRecursive: BOOL,
    ReadOnlyForceRecursive: BOOL,
  })),
  VolumeOptions: struct('mount.VolumeOptions', () => ({
    NoCopy: BOOL,
    Labels: LABELS,
    Subpath: STRING,
    DriverConfig: filled(struct('mount.Driver', () => ({ Name: STRING, Options: LABELS }))),
  })),
  ImageOptions: struct('mount.ImageOptions', () => ({ Subpath: STRING })),
  TmpfsOptions: struct('mount.TmpfsOptions', () => ({ SizeBytes: INT64, Mode: { ...INT64, goType: 'os.FileMode' } })),
}))

const HOST_CONFIG = struct('container.HostConfig', () => ({
  Binds: STRINGS,
  ContainerIDFile: STRING,
  LogConfig: struct('container.LogConfig', () => ({ Type: filled(STRING), Config: filled(LABELS) })),
  NetworkMode: STRING,
  PortBindings: map(list(struct('nat.PortBinding', () => ({ HostIp: filled(STRING), HostPort: filled(STRING) })))),
  RestartPolicy: struct('container.RestartPolicy', () => ({ Name: filled(STRING), MaximumRetryCount: filled(INT) })),
  AutoRemove: BOOL,
  VolumeDriver: STRING,
  VolumesFrom: STRINGS,
  ConsoleSize: { ...list({ goType: 'uint', kind: 'uint' }, '[2]uint'), length: 2 },
  Annotations: LABELS,
  CapAdd: STRINGS,
  CapDrop: STRINGS,
  CgroupnsMode: STRING,
  Dns: STRINGS,
  DnsOptions: STRINGS,
  DnsSearch: STRINGS,
  ExtraHosts: STRINGS,
  GroupAdd: STRINGS,
  IpcMode: STRING,
  Cgroup: STRING,
  Links: STRINGS,
  OomScoreAdj: INT,
  PidMode: STRING,
  Privileged: BOOL,
  PublishAllPorts: BOOL,
  ReadonlyRootfs: BOOL,
  SecurityOpt: STRINGS,
  StorageOpt: LABELS,
  Tmpfs: LABELS,
  UTSMode: STRING,
  UsernsMode: STRING,
  ShmSize: INT64,
  Sysctls: LABELS,
  Runtime: STRING,
  Isolation: STRING,
  ...embedded('Resources', RESOURCES),
  Mounts: list(MOUNT),
  MaskedPaths: STRINGS,
  ReadonlyPaths: STRINGS,
  Init: BOOL,
}))

const ENDPOINT = struct('network.EndpointSettings', () => ({
  IPAMConfig: struct('network.EndpointIPAMConfig', () => ({
    IPv4Address: STRING,
    IPv6Address: STRING,
    LinkLocalIPs: STRINGS,
  })),
  Links: STRINGS,
  Aliases: STRINGS,
  MacAddress: STRING,
  DriverOpts: LABELS,
  GwPriority: INT,
  NetworkID: STRING,
  IPAddress: STRING,
}))

export const CONTAINER_CONFIGURATION = struct('container.InspectResponse', () => ({
  ...embedded('ContainerJSONBase', {
    Id: STRING,
    Created: STRING,
    Image: STRING,
    Name: STRING,
    State: struct('container.State', () => ({
      Status: STRING,
      Running: BOOL,
      Paused: BOOL,
      Restarting: BOOL,
      FinishedAt: STRING,
    })),
    HostConfig: HOST_CONFIG,
  }),
  Mounts: list(
    struct('container.MountPoint', () => ({
      Type: STRING,
      Name: STRING,
      Source: STRING,
      Destination: STRING,
      Mode: STRING,
      RW: BOOL,
    })),
  ),
  Config: CONFIG,
  NetworkSettings: struct('container.NetworkSettings', () => ({ Networks: map(ENDPOINT) })),
}))

export const IMAGE_CONFIGURATION = struct('image.InspectResponse', () => ({
  Id: STRING,
  Os: STRING,
  Architecture: STRING,
  Variant: STRING,
  Config: struct('v1.DockerOCIImageConfig', () => CONFIG_FIELDS),
}))
