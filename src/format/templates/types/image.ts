/** The Go types of an inspected image in docker 28.2 (moby api/types/image), for `docker inspect -f`. */
export const IMAGE_TYPES = `
struct v1.ImageConfig
  User string omitempty
  ExposedPorts map[string]struct{} omitempty
  Env []string omitempty
  Entrypoint []string omitempty
  Cmd []string omitempty
  Volumes map[string]struct{} omitempty
  WorkingDir string omitempty
  Labels map[string]string omitempty
  StopSignal string omitempty
  ArgsEscaped bool omitempty
struct v1.DockerOCIImageConfigExt
  Healthcheck *v1.HealthcheckConfig omitempty
  OnBuild []string omitempty
  Shell []string omitempty
struct v1.DockerOCIImageConfig
  embed v1.ImageConfig
  embed v1.DockerOCIImageConfigExt
struct image.RootFS
  Type string omitempty
  Layers []string omitempty
struct image.Metadata
  LastTagTime time.Time omitempty
struct image.size
  Content int64
  Total int64
struct image.unpackedSize
  Unpacked int64
struct image.ImageProperties
  Platform v1.Platform
  Size image.unpackedSize
  Containers []string
struct image.AttestationProperties
  For digest.Digest
type image.ManifestKind string
struct image.ManifestSummary
  ID string
  Descriptor v1.Descriptor
  Available bool
  Size image.size
  Kind image.ManifestKind
  ImageData *image.ImageProperties omitempty
  AttestationData *image.AttestationProperties omitempty
struct image.InspectResponse
  ID string Id
  RepoTags []string
  RepoDigests []string
  Parent string
  Comment string
  Created string omitempty
  Container string omitempty
  ContainerConfig *container.Config omitempty
  DockerVersion string
  Author string
  Config *v1.DockerOCIImageConfig
  Architecture string
  Variant string omitempty
  Os string
  OsVersion string omitempty
  Size int64
  VirtualSize int64 omitempty
  GraphDriver storage.DriverData
  RootFS image.RootFS
  Metadata image.Metadata
  Descriptor *v1.Descriptor omitempty
  Manifests []image.ManifestSummary omitempty
`
