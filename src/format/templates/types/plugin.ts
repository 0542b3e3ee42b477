/** The Go types of an inspected plugin in docker 28.2 (moby api/types.Plugin). */
export const PLUGIN_TYPES = `
struct types.PluginConfigArgs
  Description string
  Name string
  Settable []string
  Value []string
struct types.PluginEnv
  Description string
  Name string
  Settable []string
  Value *string
struct types.PluginInterfaceType
  Capability string
  Prefix string
  Version string
struct types.PluginConfigInterface
  ProtocolScheme string omitempty
  Socket string
  Types []types.PluginInterfaceType
struct types.PluginDevice
  Description string
  Name string
  Path *string
  Settable []string
struct types.PluginConfigLinux
  AllowAllDevices bool
  Capabilities []string
  Devices []types.PluginDevice
struct types.PluginMount
  Description string
  Destination string
  Name string
  Options []string
  Settable []string
  Source *string
  Type string
struct types.PluginConfigNetwork
  Type string
struct types.PluginConfigUser
  GID uint32 omitempty
  UID uint32 omitempty
struct types.PluginConfigRootfs
  DiffIds []string diff_ids
  Type string type omitempty
struct types.PluginConfig
  Args types.PluginConfigArgs
  Description string
  DockerVersion string omitempty
  Documentation string
  Entrypoint []string
  Env []types.PluginEnv
  Interface types.PluginConfigInterface
  IpcHost bool
  Linux types.PluginConfigLinux
  Mounts []types.PluginMount
  Network types.PluginConfigNetwork
  PidHost bool
  PropagatedMount string
  User types.PluginConfigUser omitempty
  WorkDir string
  Rootfs *types.PluginConfigRootfs rootfs omitempty
struct types.PluginSettings
  Args []string
  Devices []types.PluginDevice
  Env []string
  Mounts []types.PluginMount
struct types.Plugin
  Config types.PluginConfig
  Enabled bool
  ID string Id omitempty
  Name string
  PluginReference string omitempty
  Settings types.PluginSettings
`
