import type { ConfigFile } from '../config/config-file.ts'
import type { Credentials } from '../config/credentials.ts'
import type { Platform } from '../domain/image/platform.ts'
import type { Plugin } from '../domain/system/plugin.ts'
import type { Engine } from '../engine/engine.ts'
import type { Prompter } from './io/prompter.ts'
import type { Input, Output } from './io/streams.ts'

/**
 * The dependencies of a command: everything outside the process's memory that it may use. main creates them once; each
 * is initialized when it is first used. Tests pass their own.
 */
export interface Cli {
  readonly engine: Engine
  readonly config: ConfigFile
  readonly credentials: Credentials
  readonly in: Input
  readonly out: Output
  readonly err: Output
  readonly prompter: Prompter
  readonly env: Readonly<Record<string, string | undefined>>
  /** The name of the current docker context, as `version` and `context show` print it. */
  readonly contextName: string
  /** The daemon's address from flags and environment, without regard to contexts. */
  readonly defaultHost: string
  /** chalk's color level for stdout; 0 for no color. */
  readonly colorLevel: 0 | 1 | 2 | 3
  /** Whether API requests are printed to stderr (--debug). */
  readonly isDebugging: boolean
  /** The platform that tug runs on. */
  readonly platform: Platform
  now(): Date
  /**
   * Reads a file that was named on the command line.
   * @throws Error worded as Go words it: `open x: no such file or directory`
   */
  readFile(path: string): Uint8Array
  /** Lists the installed plugins, valid or not, sorted by name. */
  listPlugins(): Promise<readonly Plugin[]>
}
