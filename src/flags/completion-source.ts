/**
 * What completion offers for arguments and for the values of flags, as commands and flags declare it. These are names
 * only: `src/cli/completion` looks the words up, and only while a shell completes a line.
 */

/** Objects of the daemon or of the client, offered by name. */
type ObjectKind =
  | 'configs'
  | 'containers'
  | 'containers on the network'
  | 'containers to link'
  | 'contexts'
  | 'disabled plugins'
  | 'enabled plugins'
  | 'images'
  | 'networks'
  | 'nodes'
  | 'paused containers'
  | 'plugins'
  | 'removable containers'
  | 'running containers'
  | 'secrets'
  | 'services'
  | 'services to scale'
  | 'stacks'
  | 'stopped containers'
  | 'unpaused containers'
  | 'volumes'

/** Values that are listed in one place because they are many, depend on the daemon or have a syntax of their own. */
type ValueKind =
  | 'capabilities'
  | 'container filters'
  | 'detach keys'
  | 'environment variables'
  | 'event filters'
  | 'image filters'
  | 'IPC modes'
  | 'log drivers'
  | 'log options'
  | 'manifest architectures'
  | 'manifest operating systems'
  | 'network filters'
  | 'object types'
  | 'PID modes'
  | 'platforms'
  | 'plugin filters'
  | 'restart policies'
  | 'security options'
  | 'service filters'
  | 'signals'
  | 'storage options'
  | 'ulimits'
  | 'volume drivers'
  | 'volume filters'

/** `files` and `directories` are left to the shell. */
export type CompletionKind = ObjectKind | ValueKind | 'directories' | 'files' | 'nothing'

/** A kind of words, or the words themselves. */
export type CompletionSource = CompletionKind | readonly string[]

/** One kind for every argument, or a list by position, whose last entry also counts for the arguments after it. */
export type ArgumentCompletion = CompletionKind | readonly CompletionSource[]
