import type { Environment } from '../../domain/container/env.ts'

/** What a command line refers to beyond itself. The command gathers it, so that translation stays pure. */
export interface ClientEnvironment {
  /** The directory that relative host paths start at. */
  readonly cwd: string
  /** For `-e KEY` and bare lines of env files. */
  readonly environment: Environment
  /** Proxies that config.json sets for containers, by name in capitals. */
  readonly proxies: Readonly<Record<string, string>>
  /** Rows and columns of the terminal on stdout; zeros where there is none. */
  readonly consoleSize: readonly [number, number]
  /** The negotiated API version, such as `1.50`. */
  readonly apiVersion: string
  /**
   * Reads a file that a flag names.
   * @throws Error as Go words it: `open x: no such file or directory`, `read x: is a directory`
   */
  readFile(path: string): Uint8Array
}
