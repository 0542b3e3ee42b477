/** A plugin of the engine, as the Engine API describes it. */
export interface EnginePlugin {
  readonly Id?: string
  readonly Name?: string
  readonly Enabled?: boolean
  /** The reference in the registry from which the plugin was installed. */
  readonly PluginReference?: string
  readonly Config?: { readonly Description?: string }
}

/** Something outside its own file system that a plugin needs: a network, a mount, a device or a capability. */
export interface PluginPrivilege {
  readonly Name: string
  readonly Description: string
  /** The values that are requested; null where the daemon sends none. */
  readonly Value: readonly string[] | null
}
