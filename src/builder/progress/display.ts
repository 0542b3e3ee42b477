import type { BuildStatus } from './build-status.ts'
import type { Step } from './step.ts'

/** A display of a build. */
export interface BuildDisplay {
  /** Stores an event, without output. */
  update(status: BuildStatus): void
  /** Shows the events that were stored. */
  refresh(): void
  /** Shows the final state. */
  done(): void
}

/** The dependencies and settings of every display. */
export interface DisplayContext {
  readonly now: () => Date
  /** The description of the builder; empty for none. */
  readonly description: string
  /** Whether names are truncated (PROGRESS_NO_TRUNC=0). Off terminals only: on terminals they always are. */
  readonly hasShortNames: boolean
  write(output: string | Uint8Array): void
}

/**
 * Returns the end of the log of each failed step, which displays print last: the lines that have not been printed yet,
 * then the last lines that have.
 */
export function collectErrorLogs(steps: readonly Step[]): (string | Uint8Array)[] {
  return steps
    .filter((step) => step.hasFailed)
    .flatMap(({ vertex, log, lastLines }) => [
      `------\n > ${vertex.name}:\n`,
      ...[...log.lines, ...lastLines.all()].flatMap((line) => [line, '\n']),
      '------\n',
    ])
}
