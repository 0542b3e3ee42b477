import type { ConfigFile } from '../config/config-file.ts'
import type { Credentials } from '../config/credentials.ts'
import type { Platform } from '../domain/image/platform.ts'
import type { Plugin } from '../domain/system/plugin.ts'
import type { Engine } from '../engine/engine.ts'
import type { Prompter } from './io/prompter.ts'
import type { Input, Output } from './io/streams.ts'

/**
 * Everything outside itself that a command may touch. Wired once in main, each part made when it is first asked for;
 * a test hands in its own.
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
  /** The name of the context in force, as `version` and `context show` print it. */
  readonly contextName: string
  /** The daemon's address without any context, from flags and environment. */
  readonly defaultHost: string
  /** chalk's level for stdout: 0 where nothing may be colored. */
  readonly colorLevel: 0 | 1 | 2 | 3
  /** Whether what is asked of the daemon is shown. */
  readonly isDebugging: boolean
  /** The platform that tug runs on. */
  readonly platform: Platform
  now(): Date
  /**
   * Reads a file that was named on the command line.
   * @throws Error worded as Go words it: `open x: no such file or directory`
   */
  readFile(path: string): Uint8Array
  /** The plugins there are, usable or not, in the order of their names. */
  listPlugins(): Promise<readonly Plugin[]>
}
