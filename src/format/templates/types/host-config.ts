/** The Go types of a container's host configuration (moby api/types/container.HostConfig). */
export const HOST_CONFIG_TYPES = `
struct container.LogConfig
  Type string
  Config map[string]string
type container.RestartPolicyMode string
struct container.RestartPolicy
  Name container.RestartPolicyMode
  MaximumRetryCount int
type container.NetworkMode string
type container.CgroupnsMode string
type container.IpcMode string
type container.CgroupSpec string
type container.PidMode string
type container.UTSMode string
type container.UsernsMode string
type container.Isolation string
struct blkiodev.WeightDevice
  Path string
  Weight uint16
struct blkiodev.ThrottleDevice
  Path string
  Rate uint64
struct container.DeviceMapping
  PathOnHost string
  PathInContainer string
  CgroupPermissions string
struct container.DeviceRequest
  Driver string
  Count int
  DeviceIDs []string
  Capabilities [][]string
  Options map[string]string
struct units.Ulimit
  Name string
  Hard int64
  Soft int64
struct container.Resources
  CPUShares int64 CpuShares
  Memory int64
  NanoCPUs int64 NanoCpus
  CgroupParent string
  BlkioWeight uint16
  BlkioWeightDevice []*blkiodev.WeightDevice
  BlkioDeviceReadBps []*blkiodev.ThrottleDevice
  BlkioDeviceWriteBps []*blkiodev.ThrottleDevice
  BlkioDeviceReadIOps []*blkiodev.ThrottleDevice
  BlkioDeviceWriteIOps []*blkiodev.ThrottleDevice
  CPUPeriod int64 CpuPeriod
  CPUQuota int64 CpuQuota
  CPURealtimePeriod int64 CpuRealtimePeriod
  CPURealtimeRuntime int64 CpuRealtimeRuntime
  CpusetCpus string
  CpusetMems string
  Devices []container.DeviceMapping
  DeviceCgroupRules []string
  DeviceRequests []container.DeviceRequest
  KernelMemory int64 omitempty
  KernelMemoryTCP int64 omitempty
  MemoryReservation int64
  MemorySwap int64
  MemorySwappiness *int64
  OomKillDisable *bool
  PidsLimit *int64
  Ulimits []*units.Ulimit
  CPUCount int64 CpuCount
  CPUPercent int64 CpuPercent
  IOMaximumIOps uint64
  IOMaximumBandwidth uint64
type mount.Type string
type mount.Consistency string
type mount.Propagation string
struct mount.BindOptions
  Propagation mount.Propagation omitempty
  NonRecursive bool omitempty
  CreateMountpoint bool omitempty
  ReadOnlyNonRecursive bool omitempty
  ReadOnlyForceRecursive bool omitempty
struct mount.Driver
  Name string omitempty
  Options map[string]string omitempty
struct mount.VolumeOptions
  NoCopy bool omitempty
  Labels map[string]string omitempty
  Subpath string omitempty
  DriverConfig *mount.Driver omitempty
struct mount.ImageOptions
  Subpath string omitempty
type fs.FileMode uint32
struct mount.TmpfsOptions
  SizeBytes int64 omitempty
  Mode fs.FileMode omitempty
  Options [][]string omitempty
struct mount.ClusterOptions
struct mount.Mount
  Type mount.Type omitempty
  Source string omitempty
  Target string omitempty
  ReadOnly bool omitempty
  Consistency mount.Consistency omitempty
  BindOptions *mount.BindOptions omitempty
  VolumeOptions *mount.VolumeOptions omitempty
  ImageOptions *mount.ImageOptions omitempty
  TmpfsOptions *mount.TmpfsOptions omitempty
  ClusterOptions *mount.ClusterOptions omitempty
type [2]uint []uint
struct container.HostConfig
  Binds []string
  ContainerIDFile string
  LogConfig container.LogConfig
  NetworkMode container.NetworkMode
  PortBindings nat.PortMap
  RestartPolicy container.RestartPolicy
  AutoRemove bool
  VolumeDriver string
  VolumesFrom []string
  ConsoleSize [2]uint
  Annotations map[string]string omitempty
  CapAdd strslice.StrSlice
  CapDrop strslice.StrSlice
  CgroupnsMode container.CgroupnsMode
  DNS []string Dns
  DNSOptions []string DnsOptions
  DNSSearch []string DnsSearch
  ExtraHosts []string
  GroupAdd []string
  IpcMode container.IpcMode
  Cgroup container.CgroupSpec
  Links []string
  OomScoreAdj int
  PidMode container.PidMode
  Privileged bool
  PublishAllPorts bool
  ReadonlyRootfs bool
  SecurityOpt []string
  StorageOpt map[string]string omitempty
  Tmpfs map[string]string omitempty
  UTSMode container.UTSMode
  UsernsMode container.UsernsMode
  ShmSize int64
  Sysctls map[string]string omitempty
  Runtime string omitempty
  Isolation container.Isolation
  embed container.Resources
  Mounts []mount.Mount omitempty
  MaskedPaths []string
  ReadonlyPaths []string
  Init *bool omitempty
`
