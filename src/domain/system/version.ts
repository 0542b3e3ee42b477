/** What `version` says of this client. */
export interface ClientVersion {
  readonly version: string
  /** The API version spoken with the daemon at hand. */
  readonly apiVersion: string
  /** The newest API version this client speaks. */
  readonly defaultApiVersion: string
  readonly gitCommit: string
  /** What the client runs on; docker has its Go version here. */
  readonly goVersion: string
  readonly os: string
  readonly arch: string
  /** RFC 3339, or any text. */
  readonly buildTime: string
  /** The docker context in use. */
  readonly context: string
}

/** One part of a daemon, as `GET /version` sends it. */
export interface ComponentVersion {
  readonly Name: string
  readonly Version: string
  readonly Details?: Readonly<Record<string, string>> | null
}

/** The response to `GET /version`, named as the Engine API names it. */
export interface DaemonVersion {
  readonly Platform?: { readonly Name?: string }
  readonly Components?: readonly ComponentVersion[] | null
  readonly Version?: string
  readonly ApiVersion?: string
  readonly MinAPIVersion?: string
  readonly GitCommit?: string
  readonly GoVersion?: string
  readonly Os?: string
  readonly Arch?: string
  readonly KernelVersion?: string
  readonly Experimental?: boolean
  readonly BuildTime?: string
}
