/** Go types that the objects of a swarm share (moby api/types/swarm). */
export const SWARM_COMMON_TYPES = `
struct swarm.Version
  Index uint64 omitempty
struct swarm.Meta
  Version swarm.Version omitempty
  CreatedAt time.Time omitempty
  UpdatedAt time.Time omitempty
struct swarm.Annotations
  Name string omitempty
  Labels map[string]string
struct swarm.Driver
  Name string omitempty
  Options map[string]string omitempty
struct swarm.TLSInfo
  TrustRoot string omitempty
  CertIssuerSubject []uint8 omitempty
  CertIssuerPublicKey []uint8 omitempty
struct swarm.NamedGenericResource
  Kind string omitempty
  Value string omitempty
struct swarm.DiscreteGenericResource
  Kind string omitempty
  Value int64 omitempty
struct swarm.GenericResource
  NamedResourceSpec *swarm.NamedGenericResource omitempty
  DiscreteResourceSpec *swarm.DiscreteGenericResource omitempty
struct swarm.Resources
  NanoCPUs int64 omitempty
  MemoryBytes int64 omitempty
  GenericResources []swarm.GenericResource omitempty
struct swarm.Platform
  Architecture string omitempty
  OS string omitempty
struct swarm.Topology
  Segments map[string]string omitempty
`

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
