/** The Go types of the client's part of `version` and `info` (docker/cli system.clientVersion). */
export const CLIENT_VERSION_TYPES = `
struct system.platformInfo
  Name string omitempty
struct system.clientVersion
  Platform *system.platformInfo omitempty
  Version string omitempty
  APIVersion string ApiVersion omitempty
  DefaultAPIVersion string omitempty
  GitCommit string omitempty
  GoVersion string omitempty
  Os string omitempty
  Arch string omitempty
  BuildTime string omitempty
  Context string
`

/** The Go types of `version` (docker/cli system.versionInfo, moby types.Version). */
export const VERSION_TYPES = `${CLIENT_VERSION_TYPES}
struct types.platform
  Name string
struct types.ComponentVersion
  Name string
  Version string
  Details map[string]string omitempty
struct types.Version
  Platform types.platform
  Components []types.ComponentVersion omitempty
  Version string
  APIVersion string ApiVersion
  MinAPIVersion string omitempty
  GitCommit string
  GoVersion string
  Os string
  Arch string
  KernelVersion string omitempty
  Experimental bool omitempty
  BuildTime string omitempty
struct system.versionInfo
  Client system.clientVersion
  Server *types.Version
`
