/** The exit codes of `run` and `create` for failures before the container's own. */
import { programName } from '../../cli/program-name.ts'
import { describeError, ExitStatus, hintOf, UsageError } from '../../domain/errors.ts'

/** docker's exit codes for a container that could not be run. */
const FAILED = 125
const CANNOT_INVOKE = 126
const NOT_FOUND = 127

/** Translates the command line of `run` or `create`. @throws UsageError with exit code 125 if the translation fails */
export function translateFor<T>(command: 'run' | 'create', translate: () => T): T {
  try {
    return translate()
  } catch (error) {
    throw error instanceof ExitStatus ? error : new UsageError(withHelp(command, error), { exitCode: FAILED })
  }
}

/**
 * Returns the error of `run` for a container that could not be created or started. docker derives the exit code from the
 * message (docker/cli container.toStatusError).
 */
export function runFailure(error: unknown): Error {
  const message = describeError(error)
  return new ExitStatus(exitCodeFor(message), withHelp('run', error), hintOf(error))
}

function exitCodeFor(message: string): number {
  if (/executable file not found|no such file or directory|system cannot find the file specified/.test(message)) {
    return NOT_FOUND
  }
  return /permission denied|is a directory/.test(message) ? CANNOT_INVOKE : FAILED
}

function withHelp(command: string, error: unknown): string {
  return `${programName()}: ${describeError(error)}\n\nRun '${programName()} ${command} --help' for more information`
}
