/** Go types that several kinds of objects share, in the notation of `parseTypes`. */
export const COMMON_TYPES = `
type nat.Port string
type nat.PortSet map[nat.Port]struct{}
struct nat.PortBinding
  HostIP string HostIp
  HostPort string
type nat.PortMap map[nat.Port][]nat.PortBinding
type strslice.StrSlice []string
struct v1.Platform
  Architecture string architecture
  OS string os
  OSVersion string os.version omitempty
  OSFeatures []string os.features omitempty
  Variant string variant omitempty
type digest.Digest string
struct v1.Descriptor
  MediaType string mediaType
  Digest digest.Digest digest
  Size int64 size
  URLs []string urls omitempty
  Annotations map[string]string annotations omitempty
  Data []uint8 data omitempty
  Platform *v1.Platform platform omitempty
  ArtifactType string artifactType omitempty
struct v1.HealthcheckConfig
  Test []string omitempty
  Interval time.Duration omitempty
  Timeout time.Duration omitempty
  StartPeriod time.Duration omitempty
  StartInterval time.Duration omitempty
  Retries int omitempty
struct storage.DriverData
  Data map[string]string
  Name string
`
