import { COMMON_TYPES } from './common.ts'
import { HOST_CONFIG_TYPES } from './host-config.ts'
import { NETWORK_TYPES } from './network.ts'
import { SWARM_SERVICE_TYPES } from './service.ts'
import { SWARM_COMMON_TYPES } from './swarm.ts'
import { VOLUME_TYPES } from './volume.ts'

const HEADER = `
struct formatter.SubHeaderContext
struct formatter.HeaderContext
  Header interface{}
`

const CONTAINER_ROW = `${COMMON_TYPES}${HEADER}
struct formatter.Platform
  embed v1.Platform
struct container.Port
  IP string
  PrivatePort uint16
  PublicPort uint16
  Type string
struct network.EndpointSettings
struct container.NetworkSettingsSummary
  Networks map[string]*network.EndpointSettings
type mount.Type string
type mount.Propagation string
struct container.MountPoint
  Type mount.Type
  Name string
  Source string
  Destination string
  Driver string
  Mode string
  RW bool
  Propagation mount.Propagation
struct container.HostConfig
  NetworkMode string
  Annotations map[string]string
struct container.Summary
  ID string Id
  Names []string
  Image string
  ImageID string
  ImageManifestDescriptor *v1.Descriptor
  Command string
  Created int64
  Ports []container.Port
  SizeRw int64
  SizeRootFs int64
  Labels map[string]string
  State string
  Status string
  HostConfig container.HostConfig
  NetworkSettings *container.NetworkSettingsSummary
  Mounts []container.MountPoint
struct formatter.ContainerContext
  embed formatter.HeaderContext
  trunc bool
  c container.Summary
  FieldsUsed map[string]interface{}
`

const IMAGE_ROW = `${COMMON_TYPES}${HEADER}
struct image.Size
  Content int64
  Total int64
type image.ManifestKind string
struct image.ImageProperties
struct image.AttestationProperties
struct image.ManifestSummary
  ID string
  Descriptor v1.Descriptor
  Available bool
  Size image.Size
  Kind image.ManifestKind
  ImageData *image.ImageProperties
  AttestationData *image.AttestationProperties
struct image.Summary
  Containers int64
  Created int64
  ID string Id
  Labels map[string]string
  ParentID string ParentId
  Descriptor *v1.Descriptor
  Manifests []image.ManifestSummary
  RepoDigests []string
  RepoTags []string
  SharedSize int64
  Size int64
  VirtualSize int64
struct formatter.imageContext
  embed formatter.HeaderContext
  trunc bool
  i image.Summary
  repo string
  tag string
  digest string
`

const NETWORK_ROW = `${HEADER}${NETWORK_TYPES}
struct network.networkContext
  embed formatter.HeaderContext
  trunc bool
  n network.Inspect
`

const SERVICE_ROW = `${COMMON_TYPES}${HOST_CONFIG_TYPES}${HEADER}${SWARM_COMMON_TYPES}${SWARM_SERVICE_TYPES}
struct service.serviceContext
  embed formatter.HeaderContext
  service swarm.Service
`

const VOLUME_ROW = `${HEADER}${SWARM_COMMON_TYPES}${VOLUME_TYPES}
struct formatter.volumeContext
  embed formatter.HeaderContext
  v volume.Volume
`

const HISTORY_ROW = `${HEADER}
struct image.HistoryResponseItem
  Comment string
  Created int64
  CreatedBy string
  ID string Id
  Size int64
  Tags []string
struct image.historyContext
  embed formatter.HeaderContext
  trunc bool
  human bool
  h image.HistoryResponseItem
`

const STATS_ROW = `${HEADER}
struct container.StatsEntry
  Container string container
  Name string name
  ID string id
  CPUPercentage float64 cpu
  Memory float64 memory
  MemoryLimit float64 memoryLimit
  MemoryPercentage float64 memoryShare
  NetworkRx float64 received
  NetworkTx float64 sent
  BlockRead float64 read
  BlockWrite float64 written
  PidsCurrent uint64 processes
  IsInvalid bool isUnknown
struct container.statsContext
  embed formatter.HeaderContext
  s container.StatsEntry
  os string
  trunc bool
`

const SEARCH_ROW = `${HEADER}
struct registry.SearchResult
  StarCount int star_count
  IsOfficial bool is_official
  Name string name
  IsAutomated bool is_automated
  Description string description
struct registry.searchContext
  embed formatter.HeaderContext
  trunc bool
  json bool
  s registry.SearchResult
`

/** The Go types of the rows of docker's lists, by name. `{{.}}` prints their fields. */
export const ROW_TYPES: Readonly<Record<string, string>> = {
  'formatter.ContainerContext': CONTAINER_ROW,
  'formatter.Platform': CONTAINER_ROW,
  'formatter.imageContext': IMAGE_ROW,
  'network.networkContext': NETWORK_ROW,
  'service.serviceContext': SERVICE_ROW,
  'formatter.volumeContext': VOLUME_ROW,
  'image.historyContext': HISTORY_ROW,
  'registry.searchContext': SEARCH_ROW,
  'container.statsContext': STATS_ROW,
}
