/** The Go types of an inspected container in docker 28.2 (moby api/types/container), for `docker inspect -f`. */
export const CONFIG_TYPES = `
struct container.Config
  Hostname string
  Domainname string
  User string
  AttachStdin bool
  AttachStdout bool
  AttachStderr bool
  ExposedPorts nat.PortSet omitempty
  Tty bool
  OpenStdin bool
  StdinOnce bool
  Env []string
  Cmd strslice.StrSlice
  Healthcheck *v1.HealthcheckConfig omitempty
  ArgsEscaped bool omitempty
  Image string
  Volumes map[string]struct{}
  WorkingDir string
  Entrypoint strslice.StrSlice
  NetworkDisabled bool omitempty
  MacAddress string omitempty
  OnBuild []string
  Labels map[string]string
  StopSignal string omitempty
  StopTimeout *int omitempty
  Shell strslice.StrSlice omitempty
struct container.HealthcheckResult
  Start time.Time
  End time.Time
  ExitCode int
  Output string
struct container.Health
  Status string
  FailingStreak int
  Log []*container.HealthcheckResult
struct container.State
  Status string
  Running bool
  Paused bool
  Restarting bool
  OOMKilled bool
  Dead bool
  Pid int
  ExitCode int
  Error string
  StartedAt string
  FinishedAt string
  Health *container.Health omitempty
`

export const CONTAINER_TYPES = `
struct container.ContainerJSONBase
  ID string Id
  Created string
  Path string
  Args []string
  State *container.State
  Image string
  ResolvConfPath string
  HostnamePath string
  HostsPath string
  LogPath string
  Name string
  RestartCount int
  Driver string
  Platform string
  MountLabel string
  ProcessLabel string
  AppArmorProfile string
  ExecIDs []string
  HostConfig *container.HostConfig
  GraphDriver storage.DriverData
  SizeRw *int64 omitempty
  SizeRootFs *int64 omitempty
struct container.MountPoint
  Type mount.Type omitempty
  Name string omitempty
  Source string
  Destination string
  Driver string omitempty
  Mode string
  RW bool
  Propagation mount.Propagation
struct network.Address
  Addr string
  PrefixLen int
struct network.EndpointIPAMConfig
  IPv4Address string omitempty
  IPv6Address string omitempty
  LinkLocalIPs []string omitempty
struct network.EndpointSettings
  IPAMConfig *network.EndpointIPAMConfig
  Links []string
  Aliases []string
  MacAddress string
  DriverOpts map[string]string
  GwPriority int
  NetworkID string
  EndpointID string
  Gateway string
  IPAddress string
  IPPrefixLen int
  IPv6Gateway string
  GlobalIPv6Address string
  GlobalIPv6PrefixLen int
  DNSNames []string
struct container.NetworkSettingsBase
  Bridge string
  SandboxID string
  SandboxKey string
  Ports nat.PortMap
  HairpinMode bool
  LinkLocalIPv6Address string
  LinkLocalIPv6PrefixLen int
  SecondaryIPAddresses []network.Address
  SecondaryIPv6Addresses []network.Address
struct container.DefaultNetworkSettings
  EndpointID string
  Gateway string
  GlobalIPv6Address string
  GlobalIPv6PrefixLen int
  IPAddress string
  IPPrefixLen int
  IPv6Gateway string
  MacAddress string
struct container.NetworkSettings
  embed container.NetworkSettingsBase
  embed container.DefaultNetworkSettings
  Networks map[string]*network.EndpointSettings
struct container.InspectResponse
  embed *container.ContainerJSONBase
  Mounts []container.MountPoint
  Config *container.Config
  NetworkSettings *container.NetworkSettings
  ImageManifestDescriptor *v1.Descriptor omitempty
`
