/** The Go types of an inspected volume in docker 28.2 (moby api/types/volume). */
export const VOLUME_TYPES = `
type volume.Scope string
type volume.SharingMode string
type volume.Availability string
type volume.PublishState string
struct volume.TypeMount
  FsType string omitempty
  MountFlags []string omitempty
struct volume.TypeBlock
struct volume.AccessMode
  Scope volume.Scope omitempty
  Sharing volume.SharingMode omitempty
  MountVolume *volume.TypeMount omitempty
  BlockVolume *volume.TypeBlock omitempty
struct volume.Topology
  Segments map[string]string omitempty
struct volume.TopologyRequirement
  Requisite []volume.Topology omitempty
  Preferred []volume.Topology omitempty
struct volume.CapacityRange
  RequiredBytes int64
  LimitBytes int64
struct volume.Secret
  Key string
  Secret string
struct volume.ClusterVolumeSpec
  Group string omitempty
  AccessMode *volume.AccessMode omitempty
  AccessibilityRequirements *volume.TopologyRequirement omitempty
  CapacityRange *volume.CapacityRange omitempty
  Secrets []volume.Secret omitempty
  Availability volume.Availability omitempty
struct volume.PublishStatus
  NodeID string omitempty
  State volume.PublishState omitempty
  PublishContext map[string]string omitempty
struct volume.Info
  CapacityBytes int64 omitempty
  VolumeContext map[string]string omitempty
  VolumeID string omitempty
  AccessibleTopology []volume.Topology omitempty
struct volume.ClusterVolume
  ID string
  embed swarm.Meta
  Spec volume.ClusterVolumeSpec
  PublishStatus []*volume.PublishStatus omitempty
  Info *volume.Info omitempty
struct volume.UsageData
  RefCount int64
  Size int64
struct volume.Volume
  ClusterVolume *volume.ClusterVolume omitempty
  CreatedAt string omitempty
  Driver string
  Labels map[string]string
  Mountpoint string
  Name string
  Options map[string]string
  Scope string
  Status map[string]interface{} omitempty
  UsageData *volume.UsageData omitempty
`
