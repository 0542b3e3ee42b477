/** The Go types of a swarm's nodes, secrets and configs in docker 28.2 (moby api/types/swarm). */
export const SWARM_TYPES = `
type swarm.NodeRole string
type swarm.NodeAvailability string
type swarm.NodeState string
type swarm.Reachability string
struct swarm.NodeSpec
  embed swarm.Annotations
  Role swarm.NodeRole omitempty
  Availability swarm.NodeAvailability omitempty
struct swarm.PluginDescription
  Type string omitempty
  Name string omitempty
struct swarm.EngineDescription
  EngineVersion string omitempty
  Labels map[string]string omitempty
  Plugins []swarm.PluginDescription omitempty
struct swarm.NodeCSIInfo
  PluginName string omitempty
  NodeID string omitempty
  MaxVolumesPerNode int64 omitempty
  AccessibleTopology *swarm.Topology omitempty
struct swarm.NodeDescription
  Hostname string omitempty
  Platform swarm.Platform omitempty
  Resources swarm.Resources omitempty
  Engine swarm.EngineDescription omitempty
  TLSInfo swarm.TLSInfo omitempty
  CSIInfo []swarm.NodeCSIInfo omitempty
struct swarm.NodeStatus
  State swarm.NodeState omitempty
  Message string omitempty
  Addr string omitempty
struct swarm.ManagerStatus
  Leader bool omitempty
  Reachability swarm.Reachability omitempty
  Addr string omitempty
struct swarm.Node
  ID string
  embed swarm.Meta
  Spec swarm.NodeSpec omitempty
  Description swarm.NodeDescription omitempty
  Status swarm.NodeStatus omitempty
  ManagerStatus *swarm.ManagerStatus omitempty
struct swarm.SecretSpec
  embed swarm.Annotations
  Data []uint8 omitempty
  Driver *swarm.Driver omitempty
  Templating *swarm.Driver omitempty
struct swarm.Secret
  ID string
  embed swarm.Meta
  Spec swarm.SecretSpec
struct swarm.ConfigSpec
  embed swarm.Annotations
  Data []uint8 omitempty
  Templating *swarm.Driver omitempty
struct swarm.Config
  ID string
  embed swarm.Meta
  Spec swarm.ConfigSpec
`
