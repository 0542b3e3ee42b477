import { ConnectionError, EngineError, ExitStatus, messageOf, type Similar, UsageError } from '../domain/errors.ts'
import { FormatError } from '../format/error.ts'
import { BrokenPipeError, type Output } from './streams.ts'

/** What the shell reports for a program that wrote to a pipe nobody reads, as Go's programs do. */
const BROKEN_PIPE_STATUS = 128 + 13

/**
 * Says on stderr what went wrong, and returns the exit code. The one place where errors become text.
 * Hints are for people: on terminals only.
 */
export async function reportError(error: unknown, err: Output): Promise<number> {
  try {
    if (error instanceof BrokenPipeError) return BROKEN_PIPE_STATUS
    const message = describeError(error)
    if (message !== '') err.write(`${message}\n`)
    if (err.isTerminal) {
      const hint = await hintFor(error)
      if (hint !== '') err.write(`hint: ${hint}\n`)
    }
    return exitCodeOf(error)
  } catch (failure) {
    if (failure instanceof BrokenPipeError) return BROKEN_PIPE_STATUS
    throw failure
  }
}

/** What docker prints for an error, without a hint. */
export function describeError(error: unknown): string {
  return error instanceof EngineError ? `Error response from daemon: ${error.message}` : messageOf(error)
}

/** What an error says may be tried; empty for nothing. */
export function hintOf(error: unknown): string {
  const hasHint = error instanceof EngineError || error instanceof ConnectionError || error instanceof ExitStatus
  return hasHint ? error.hint : ''
}

function exitCodeOf(error: unknown): number {
  return error instanceof UsageError || error instanceof ExitStatus || error instanceof FormatError ? error.exitCode : 1
}

async function hintFor(error: unknown): Promise<string> {
  if (error instanceof UsageError && error.similar) return didYouMean(error.similar)
  return hintOf(error)
}

async function didYouMean({ typed, known }: Similar): Promise<string> {
  const { closest, distance } = await import('fastest-levenshtein')
  if (known.length === 0) return ''
  const nearest = closest(typed, known)
  return distance(typed, nearest) <= Math.max(1, Math.floor(typed.length / 3)) ? `did you mean "${nearest}"?` : ''
}
