import type { Environment } from '../../domain/container/env.ts'
import type { ReadFile } from '../flag.ts'

/** The parts of the client's environment that flags refer to. The command collects them, so that translation is pure. */
export interface ClientEnvironment {
  /** The directory that relative host paths start at. */
  readonly cwd: string
  /** For `-e KEY` and the lines of env files without a value. */
  readonly environment: Environment
  /** The proxies that config.json sets for containers, by name in capitals. */
  readonly proxies: Readonly<Record<string, string>>
  /** Rows and columns of the terminal on stdout; zeros if there is none. */
  readonly consoleSize: readonly [number, number]
  /** The negotiated API version, such as `1.50`. */
  readonly apiVersion: string
  readonly readFile: ReadFile
}
