import type { Step } from './step.ts'

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
