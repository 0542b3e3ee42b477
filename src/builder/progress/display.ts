import type { BuildStatus } from './build-status.ts'
import type { Step } from './step.ts'

/** One way to show a build. */
export interface BuildDisplay {
  /** Takes in what is new. */
  update(status: BuildStatus): void
  /** Shows what has been taken in. */
  refresh(): void
  /** Shows the end. */
  done(): void
}

/** What displays stand on. */
export interface DisplayContext {
  readonly now: () => Date
  /** Which builder builds, in the words of the display; empty for none. */
  readonly description: string
  /** Whether names are cut (PROGRESS_NO_TRUNC=0). Off terminals only: there they have to fit. */
  readonly hasShortNames: boolean
  write(output: string | Uint8Array): void
}

/**
 * The end of the log of each step that failed, as the last thing a display prints: what has not been printed, then the
 * last lines that have.
 */
export function errorLogs(steps: readonly Step[]): (string | Uint8Array)[] {
  return steps
    .filter((step) => step.hasFailed)
    .flatMap(({ vertex, log, lastLines }) => [
      `------\n > ${vertex.name}:\n`,
      ...[...log.lines, ...lastLines.all()].flatMap((line) => [line, '\n']),
      '------\n',
    ])
}
