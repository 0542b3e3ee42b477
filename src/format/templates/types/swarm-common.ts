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
