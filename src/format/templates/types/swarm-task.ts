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
