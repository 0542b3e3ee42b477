/** The shapes of responses about the engine's plugins (moby api/types.Plugin). */
import { ANY, BOOL, list, STRING, STRINGS, struct, UINT32 } from '../shape.ts'

const DESCRIBED = { Name: STRING, Description: STRING, Settable: STRINGS } as const

const PLUGIN_MOUNT = struct('types.PluginMount', () => ({
  ...DESCRIBED,
  Source: STRING,
  Destination: STRING,
  Type: STRING,
  Options: STRINGS,
}))
const PLUGIN_DEVICE = struct('types.PluginDevice', () => ({ ...DESCRIBED, Path: STRING }))

/** What a plugin's config.json contains. */
export const PLUGIN_CONFIG = struct('types.PluginConfig', () => ({
  Args: struct('types.PluginConfigArgs', () => ({ ...DESCRIBED, Value: STRINGS })),
  Description: STRING,
  DockerVersion: STRING,
  Documentation: STRING,
  Entrypoint: STRINGS,
  Env: list(struct('types.PluginEnv', () => ({ ...DESCRIBED, Value: STRING }))),
  Interface: struct('types.PluginConfigInterface', () => ({
    ProtocolScheme: STRING,
    Socket: STRING,
    Types: list(ANY, '[]types.PluginInterfaceType'),
  })),
  IpcHost: BOOL,
  Linux: struct('types.PluginConfigLinux', () => ({
    AllowAllDevices: BOOL,
    Capabilities: STRINGS,
    Devices: list(PLUGIN_DEVICE),
  })),
  Mounts: list(PLUGIN_MOUNT),
  Network: struct('types.PluginConfigNetwork', () => ({ Type: STRING })),
  PidHost: BOOL,
  PropagatedMount: STRING,
  User: struct('types.PluginConfigUser', () => ({ UID: UINT32, GID: UINT32 })),
  WorkDir: STRING,
  rootfs: struct('types.PluginConfigRootfs', () => ({ type: STRING, diff_ids: STRINGS })),
}))

export const PLUGIN = struct('types.Plugin', () => ({
  Config: PLUGIN_CONFIG,
  Enabled: BOOL,
  Id: STRING,
  Name: STRING,
  PluginReference: STRING,
  Settings: struct('types.PluginSettings', () => ({
    Args: STRINGS,
    Devices: list(PLUGIN_DEVICE),
    Env: STRINGS,
    Mounts: list(PLUGIN_MOUNT),
  })),
}))

export const PLUGIN_PRIVILEGE = struct('types.PluginPrivilege', () => ({
  Name: STRING,
  Description: STRING,
  Value: STRINGS,
}))
