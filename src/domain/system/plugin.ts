/** What a plugin tells of itself, in docker's spelling (docker/cli cli-plugins/metadata). */
export interface PluginMetadata {
  readonly SchemaVersion?: string
  readonly Vendor?: string
  readonly Version?: string
  readonly ShortDescription?: string
  readonly URL?: string
}

/** A program that adds a command to the client; its keys stand as `info` prints them. */
export interface Plugin extends PluginMetadata {
  /** The command that it adds. */
  readonly Name: string
  readonly Path: string
  /** Why it cannot be used. */
  readonly Err?: string
  /** Programs of the same name in directories that come later. */
  readonly ShadowedPaths?: readonly string[]
}
