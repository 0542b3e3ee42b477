/** The Go types of a swarm's services in docker 28.2 (moby api/types/swarm). */
export const SWARM_SERVICE_TYPES = `
struct swarm.CredentialSpec
  Config string
  File string
  Registry string
struct swarm.SELinuxContext
  Disable bool
  User string
  Role string
  Type string
  Level string
type swarm.SeccompMode string
struct swarm.SeccompOpts
  Mode swarm.SeccompMode omitempty
  Profile []uint8 omitempty
type swarm.AppArmorMode string
struct swarm.AppArmorOpts
  Mode swarm.AppArmorMode omitempty
struct swarm.Privileges
  CredentialSpec *swarm.CredentialSpec
  SELinuxContext *swarm.SELinuxContext
  Seccomp *swarm.SeccompOpts omitempty
  AppArmor *swarm.AppArmorOpts omitempty
  NoNewPrivileges bool
struct swarm.DNSConfig
  Nameservers []string omitempty
  Search []string omitempty
  Options []string omitempty
struct swarm.SecretReferenceFileTarget
  Name string
  UID string
  GID string
  Mode fs.FileMode
struct swarm.SecretReference
  File *swarm.SecretReferenceFileTarget
  SecretID string
  SecretName string
struct swarm.ConfigReferenceFileTarget
  Name string
  UID string
  GID string
  Mode fs.FileMode
struct swarm.ConfigReferenceRuntimeTarget
struct swarm.ConfigReference
  File *swarm.ConfigReferenceFileTarget omitempty
  Runtime *swarm.ConfigReferenceRuntimeTarget omitempty
  ConfigID string
  ConfigName string
struct swarm.ContainerSpec
  Image string omitempty
  Labels map[string]string omitempty
  Command []string omitempty
  Args []string omitempty
  Hostname string omitempty
  Env []string omitempty
  Dir string omitempty
  User string omitempty
  Groups []string omitempty
  Privileges *swarm.Privileges omitempty
  Init *bool omitempty
  StopSignal string omitempty
  TTY bool omitempty
  OpenStdin bool omitempty
  ReadOnly bool omitempty
  Mounts []mount.Mount omitempty
  StopGracePeriod *time.Duration omitempty
  Healthcheck *v1.HealthcheckConfig omitempty
  Hosts []string omitempty
  DNSConfig *swarm.DNSConfig omitempty
  Secrets []*swarm.SecretReference omitempty
  Configs []*swarm.ConfigReference omitempty
  Isolation container.Isolation omitempty
  Sysctls map[string]string omitempty
  CapabilityAdd []string omitempty
  CapabilityDrop []string omitempty
  Ulimits []*units.Ulimit omitempty
  OomScoreAdj int64 omitempty
struct runtime.PluginPrivilege
  Name string name omitempty
  Description string description omitempty
  Value []string value omitempty
struct runtime.PluginSpec
  Name string name omitempty
  Remote string remote omitempty
  Privileges []*runtime.PluginPrivilege privileges omitempty
  Disabled bool disabled omitempty
  Env []string env omitempty
struct swarm.NetworkAttachmentSpec
  ContainerID string
struct swarm.Limit
  NanoCPUs int64 omitempty
  MemoryBytes int64 omitempty
  Pids int64 omitempty
struct swarm.ResourceRequirements
  Limits *swarm.Limit omitempty
  Reservations *swarm.Resources omitempty
  SwapBytes *int64 omitempty
  MemorySwappiness *int64 omitempty
type swarm.RestartPolicyCondition string
struct swarm.RestartPolicy
  Condition swarm.RestartPolicyCondition omitempty
  Delay *time.Duration omitempty
  MaxAttempts *uint64 omitempty
  Window *time.Duration omitempty
struct swarm.SpreadOver
  SpreadDescriptor string
struct swarm.PlacementPreference
  Spread *swarm.SpreadOver
struct swarm.Placement
  Constraints []string omitempty
  Preferences []swarm.PlacementPreference omitempty
  MaxReplicas uint64 omitempty
  Platforms []swarm.Platform omitempty
struct swarm.NetworkAttachmentConfig
  Target string omitempty
  Aliases []string omitempty
  DriverOpts map[string]string omitempty
type swarm.RuntimeType string
struct swarm.TaskSpec
  ContainerSpec *swarm.ContainerSpec omitempty
  PluginSpec *runtime.PluginSpec omitempty
  NetworkAttachmentSpec *swarm.NetworkAttachmentSpec omitempty
  Resources *swarm.ResourceRequirements omitempty
  RestartPolicy *swarm.RestartPolicy omitempty
  Placement *swarm.Placement omitempty
  Networks []swarm.NetworkAttachmentConfig omitempty
  LogDriver *swarm.Driver omitempty
  ForceUpdate uint64
  Runtime swarm.RuntimeType omitempty
struct swarm.ReplicatedService
  Replicas *uint64 omitempty
struct swarm.GlobalService
struct swarm.ReplicatedJob
  MaxConcurrent *uint64 omitempty
  TotalCompletions *uint64 omitempty
struct swarm.GlobalJob
struct swarm.ServiceMode
  Replicated *swarm.ReplicatedService omitempty
  Global *swarm.GlobalService omitempty
  ReplicatedJob *swarm.ReplicatedJob omitempty
  GlobalJob *swarm.GlobalJob omitempty
struct swarm.UpdateConfig
  Parallelism uint64
  Delay time.Duration omitempty
  FailureAction string omitempty
  Monitor time.Duration omitempty
  MaxFailureRatio float32
  Order string
type swarm.ResolutionMode string
type swarm.PortConfigProtocol string
type swarm.PortConfigPublishMode string
struct swarm.PortConfig
  Name string omitempty
  Protocol swarm.PortConfigProtocol omitempty
  TargetPort uint32 omitempty
  PublishedPort uint32 omitempty
  PublishMode swarm.PortConfigPublishMode omitempty
struct swarm.EndpointSpec
  Mode swarm.ResolutionMode omitempty
  Ports []swarm.PortConfig omitempty
struct swarm.ServiceSpec
  embed swarm.Annotations
  TaskTemplate swarm.TaskSpec omitempty
  Mode swarm.ServiceMode omitempty
  UpdateConfig *swarm.UpdateConfig omitempty
  RollbackConfig *swarm.UpdateConfig omitempty
  Networks []swarm.NetworkAttachmentConfig omitempty
  EndpointSpec *swarm.EndpointSpec omitempty
struct swarm.EndpointVirtualIP
  NetworkID string omitempty
  Addr string omitempty
struct swarm.Endpoint
  Spec swarm.EndpointSpec omitempty
  Ports []swarm.PortConfig omitempty
  VirtualIPs []swarm.EndpointVirtualIP omitempty
type swarm.UpdateState string
struct swarm.UpdateStatus
  State swarm.UpdateState omitempty
  StartedAt *time.Time omitempty
  CompletedAt *time.Time omitempty
  Message string omitempty
struct swarm.ServiceStatus
  RunningTasks uint64
  DesiredTasks uint64
  CompletedTasks uint64
struct swarm.JobStatus
  JobIteration swarm.Version
  LastExecution time.Time omitempty
struct swarm.Service
  ID string
  embed swarm.Meta
  Spec swarm.ServiceSpec omitempty
  PreviousSpec *swarm.ServiceSpec omitempty
  Endpoint swarm.Endpoint omitempty
  UpdateStatus *swarm.UpdateStatus omitempty
  ServiceStatus *swarm.ServiceStatus omitempty
  JobStatus *swarm.JobStatus omitempty
`

/** The Go types of a swarm's tasks in docker 28.2 (moby api/types/swarm). */
export const SWARM_TASK_TYPES = `
type swarm.TaskState string
struct swarm.ContainerStatus
  ContainerID string
  PID int
  ExitCode int
struct swarm.PortStatus
  Ports []swarm.PortConfig omitempty
struct swarm.TaskStatus
  Timestamp time.Time omitempty
  State swarm.TaskState omitempty
  Message string omitempty
  Err string omitempty
  ContainerStatus *swarm.ContainerStatus omitempty
  PortStatus swarm.PortStatus omitempty
struct swarm.IPAMConfig
  Subnet string omitempty
  Range string omitempty
  Gateway string omitempty
struct swarm.IPAMOptions
  Driver swarm.Driver omitempty
  Configs []swarm.IPAMConfig omitempty
struct swarm.NetworkSpec
  embed swarm.Annotations
  DriverConfiguration *swarm.Driver omitempty
  IPv6Enabled bool omitempty
  Internal bool omitempty
  Attachable bool omitempty
  Ingress bool omitempty
  IPAMOptions *swarm.IPAMOptions omitempty
  ConfigFrom *network.ConfigReference omitempty
  Scope string omitempty
struct swarm.Network
  ID string
  embed swarm.Meta
  Spec swarm.NetworkSpec omitempty
  DriverState swarm.Driver omitempty
  IPAMOptions *swarm.IPAMOptions omitempty
struct swarm.NetworkAttachment
  Network swarm.Network omitempty
  Addresses []string omitempty
struct swarm.VolumeAttachment
  ID string omitempty
  Source string omitempty
  Target string omitempty
struct swarm.Task
  ID string
  embed swarm.Meta
  embed swarm.Annotations
  Spec swarm.TaskSpec omitempty
  ServiceID string omitempty
  Slot int omitempty
  NodeID string omitempty
  Status swarm.TaskStatus omitempty
  DesiredState swarm.TaskState omitempty
  NetworksAttachments []swarm.NetworkAttachment omitempty
  GenericResources []swarm.GenericResource omitempty
  JobIteration *swarm.Version omitempty
  Volumes []swarm.VolumeAttachment
`
