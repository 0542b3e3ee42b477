import { EngineError, ExitStatus } from '../../domain/errors.ts'
import { familiarString, type ImageReference } from '../../domain/image/reference.ts'
import type { Cli } from '../cli.ts'
import { PATIENCE_MS } from './asker.ts'
import { imageNames, withoutLatest } from './missing.ts'
import { similarTo } from './similar.ts'

/**
 * Adds to the failure of a pull for `run` or `create` that the engine has an image of nearly that name: then it was
 * probably meant. Asked only on a terminal.
 */
export async function withSimilarImage(error: unknown, reference: ImageReference, cli: Cli): Promise<unknown> {
  if (!cli.err.isTerminal) return error
  const images = imageNames({ engine: cli.engine, signal: AbortSignal.timeout(PATIENCE_MS) })
  const meant = await similarTo(withoutLatest(familiarString(reference)), await images.catch(() => []))
  if (meant === undefined) return error
  const hint = `did you mean "${meant}", which is on this engine?`
  if (error instanceof EngineError) return new EngineError(error.message, error.statusCode, hint)
  return error instanceof ExitStatus ? new ExitStatus(error.exitCode, error.message, hint) : error
}
