/** The metadata that a plugin prints, with docker's field names (docker/cli cli-plugins/metadata). */
export interface PluginMetadata {
  readonly SchemaVersion?: string
  readonly Vendor?: string
  readonly Version?: string
  readonly ShortDescription?: string
  readonly URL?: string
}

/** A program that adds a command to the client. The fields are in the order in which `info` prints them. */
export interface Plugin extends PluginMetadata {
  /** The name of the command. */
  readonly Name: string
  readonly Path: string
  /** Why the plugin cannot be used. */
  readonly Err?: string
  /** Programs of the same name in directories with lower priority. */
  readonly ShadowedPaths?: readonly string[]
}
