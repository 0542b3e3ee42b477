import { ConnectionError, EngineError, ExitStatus, messageOf } from '../../domain/errors.ts'
import { NoBuildKitError } from '../builder.ts'
import { isDiskFull } from '../go-error.ts'

/** buildx's exit code for exhausted resources. */
const DISK_FULL = 102

/**
 * Runs a part of a build or of another command of buildx, and converts its errors to the line that buildx ends with.
 * @throws ExitStatus with buildx's text; ConnectionError; NoBuildKitError
 */
export async function reportErrors<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof NoBuildKitError) throw error
    if (error instanceof ConnectionError) throw new ConnectionError(`ERROR: ${error.message}`, error.hint)
    const reason = error instanceof EngineError ? `Error response from daemon: ${error.message}` : messageOf(error)
    throw new ExitStatus(isDiskFull(error) ? DISK_FULL : 1, `ERROR: ${reason}`)
  }
}
