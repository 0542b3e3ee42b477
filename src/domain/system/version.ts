/** The client's part of `version`. */
export interface ClientVersion {
  readonly version: string
  /** The API version negotiated with the daemon. */
  readonly apiVersion: string
  /** The newest API version that this client supports. */
  readonly defaultApiVersion: string
  readonly gitCommit: string
  /** The runtime of the client; docker has its Go version here. */
  readonly goVersion: string
  readonly os: string
  readonly arch: string
  /** RFC 3339, or any text. */
  readonly buildTime: string
  /** The docker context in use. */
  readonly context: string
}

/** One component of a daemon in `GET /version`. */
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
