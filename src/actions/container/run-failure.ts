import { PROGRAM } from '../../cli/argv/usage.ts'
import { describeError, hintOf } from '../../cli/report-error.ts'
import { ExitStatus, UsageError } from '../../domain/errors.ts'

/** docker could not run the container: its own failure, not the container's. */
const FAILED = 125
const CANNOT_INVOKE = 126
const NOT_FOUND = 127

/** Reads what was typed for `run` or `create`. @throws UsageError when it cannot be made a container */
export function readFor<T>(command: 'run' | 'create', read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof ExitStatus ? error : new UsageError(withHelp(command, error), { exitCode: FAILED })
  }
}

/** A container could not be created or started for `run`; the exit code tells why, as docker reads it off the message. */
export function runFailure(error: unknown): Error {
  const message = describeError(error)
  return new ExitStatus(statusOf(message), withHelp('run', error), hintOf(error))
}

function statusOf(message: string): number {
  if (/executable file not found|no such file or directory|system cannot find the file specified/.test(message)) {
    return NOT_FOUND
  }
  return /permission denied|is a directory/.test(message) ? CANNOT_INVOKE : FAILED
}

function withHelp(command: string, error: unknown): string {
  return `${PROGRAM}: ${describeError(error)}\n\nRun '${PROGRAM} ${command} --help' for more information`
}
