/** The Go types of `info` in docker 28.2 (docker/cli system.dockerInfo, moby api/types/system.Info). */
export const INFO_TYPES = `
struct swarm.OrchestrationConfig
  TaskHistoryRetentionLimit *int64 omitempty
struct swarm.RaftConfig
  SnapshotInterval uint64 omitempty
  KeepOldSnapshots *uint64 omitempty
  LogEntriesForSlowFollowers uint64 omitempty
  ElectionTick int
  HeartbeatTick int
struct swarm.DispatcherConfig
  HeartbeatPeriod time.Duration omitempty
type swarm.ExternalCAProtocol string
struct swarm.ExternalCA
  Protocol swarm.ExternalCAProtocol
  URL string
  Options map[string]string omitempty
  CACert string
struct swarm.CAConfig
  NodeCertExpiry time.Duration omitempty
  ExternalCAs []*swarm.ExternalCA omitempty
  SigningCACert string omitempty
  SigningCAKey string omitempty
  ForceRotate uint64 omitempty
struct swarm.TaskDefaults
  LogDriver *swarm.Driver omitempty
struct swarm.EncryptionConfig
  AutoLockManagers bool
struct swarm.Spec
  embed swarm.Annotations
  Orchestration swarm.OrchestrationConfig omitempty
  Raft swarm.RaftConfig omitempty
  Dispatcher swarm.DispatcherConfig omitempty
  CAConfig swarm.CAConfig omitempty
  TaskDefaults swarm.TaskDefaults omitempty
  EncryptionConfig swarm.EncryptionConfig omitempty
struct swarm.ClusterInfo
  ID string
  embed swarm.Meta
  Spec swarm.Spec
  TLSInfo swarm.TLSInfo
  RootRotationInProgress bool
  DefaultAddrPool []string
  SubnetSize uint32
  DataPathPort uint32
struct swarm.Peer
  NodeID string
  Addr string
type swarm.LocalNodeState string
struct swarm.Info
  NodeID string
  NodeAddr string
  LocalNodeState swarm.LocalNodeState
  ControlAvailable bool
  Error string
  RemoteManagers []swarm.Peer
  Nodes int omitempty
  Managers int omitempty
  Cluster *swarm.ClusterInfo omitempty
  Warnings []string omitempty
struct registry.NetIPNet
sorted registry.IndexInfo
  Name string
  Mirrors []string
  Secure bool
  Official bool
sorted registry.ServiceConfig
  AllowNondistributableArtifactsCIDRs []*registry.NetIPNet omitempty
  AllowNondistributableArtifactsHostnames []string omitempty
  InsecureRegistryCIDRs []*registry.NetIPNet
  IndexConfigs map[string]*registry.IndexInfo
  Mirrors []string
  ExtraFields map[string]interface{} -
type container.Isolation string
type [2]string []string
struct system.PluginsInfo
  Volume []string
  Network []string
  Authorization []string
  Log []string
struct system.Runtime
  Path string path omitempty
  Args []string runtimeArgs omitempty
  Type string runtimeType omitempty
  Options map[string]interface{} options omitempty
struct system.RuntimeWithStatus
  embed system.Runtime
  Status map[string]string status omitempty
struct system.Commit
  ID string
  Expected string omitempty
struct system.NetworkAddressPool
  Base string
  Size int
struct system.FirewallInfo
  Driver string
  Info [][2]string omitempty
struct system.NRIInfo
  Info [][2]string omitempty
struct system.DeviceInfo
  Source string
  ID string
struct system.ContainerdNamespaces
  Containers string
  Plugins string
struct system.ContainerdInfo
  Address string omitempty
  Namespaces system.ContainerdNamespaces
struct system.Info
  ID string
  Containers int
  ContainersRunning int
  ContainersPaused int
  ContainersStopped int
  Images int
  Driver string
  DriverStatus [][2]string
  SystemStatus [][2]string omitempty
  Plugins system.PluginsInfo
  MemoryLimit bool
  SwapLimit bool
  KernelMemory bool omitempty
  KernelMemoryTCP bool omitempty
  CPUCfsPeriod bool CpuCfsPeriod
  CPUCfsQuota bool CpuCfsQuota
  CPUShares bool
  CPUSet bool
  PidsLimit bool
  IPv4Forwarding bool
  Debug bool
  NFd int
  OomKillDisable bool
  NGoroutines int
  SystemTime string
  LoggingDriver string
  CgroupDriver string
  CgroupVersion string omitempty
  NEventsListener int
  KernelVersion string
  OperatingSystem string
  OSVersion string
  OSType string
  Architecture string
  IndexServerAddress string
  RegistryConfig *registry.ServiceConfig
  NCPU int
  MemTotal int64
  GenericResources []swarm.GenericResource
  DockerRootDir string
  HTTPProxy string HttpProxy
  HTTPSProxy string HttpsProxy
  NoProxy string
  Name string
  Labels []string
  ExperimentalBuild bool
  ServerVersion string
  Runtimes map[string]system.RuntimeWithStatus
  DefaultRuntime string
  Swarm swarm.Info
  LiveRestoreEnabled bool
  Isolation container.Isolation
  InitBinary string
  ContainerdCommit system.Commit
  RuncCommit system.Commit
  InitCommit system.Commit
  SecurityOptions []string
  ProductLicense string omitempty
  DefaultAddressPools []system.NetworkAddressPool omitempty
  FirewallBackend *system.FirewallInfo omitempty
  CDISpecDirs []string
  DiscoveredDevices []system.DeviceInfo omitempty
  NRI *system.NRIInfo omitempty
  Containerd *system.ContainerdInfo omitempty
  Warnings []string
struct metadata.Metadata
  SchemaVersion string omitempty
  Vendor string omitempty
  Version string omitempty
  ShortDescription string omitempty
  URL string omitempty
struct manager.Plugin
  embed metadata.Metadata
  Name string omitempty
  Path string omitempty
  Err error omitempty
  ShadowedPaths []string omitempty
struct system.clientInfo
  Debug bool
  embed system.clientVersion
  Plugins []manager.Plugin
  Warnings []string
struct system.dockerInfo
  embed *system.Info
  ServerErrors []string omitempty
  UserName string -
  ClientInfo *system.clientInfo omitempty
  ClientErrors []string omitempty
struct system.sparseInfo
  ClientInfo *system.clientInfo omitempty
  ClientErrors []string omitempty
`
