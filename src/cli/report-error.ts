import { ConnectionError, EngineError, ExitStatus, messageOf, type Similar, UsageError } from '../domain/errors.ts'
import { FormatError } from '../format/error.ts'
import type { Cli } from './cli.ts'
import { BrokenPipeError, type Output } from './io/streams.ts'

/** Whom a hint asks. */
type HintSource = Pick<Cli, 'engine' | 'now'>

/** What the shell reports for a program that wrote to a pipe nobody reads, as Go's programs do. */
const BROKEN_PIPE_STATUS = 128 + 13

/**
 * Says on stderr what went wrong, and returns the exit code. The one place where errors become text.
 * Hints are for people: on terminals only.
 */
export async function reportError(error: unknown, err: Output, cli?: HintSource): Promise<number> {
  try {
    if (error instanceof BrokenPipeError) return BROKEN_PIPE_STATUS
    const message = describeError(error)
    if (message !== '') err.write(`${message}\n`)
    await writeHint(error, err, cli)
    return exitCodeOf(error)
  } catch (failure) {
    if (failure instanceof BrokenPipeError) return BROKEN_PIPE_STATUS
    throw failure
  }
}

/** Says on a terminal what a person may try, if that is known. @param cli whom to ask about the daemon's refusals */
export async function writeHint(error: unknown, err: Output, cli?: HintSource): Promise<void> {
  if (!err.isTerminal) return
  const hint = await adviceOn(error, cli)
  if (hint === '') return
  const { hintLine } = await import('../format/text/visible.ts')
  err.write(hintLine(hint))
}

/** What docker prints for an error, without a hint. */
export function describeError(error: unknown): string {
  return error instanceof EngineError ? `Error response from daemon: ${error.message}` : messageOf(error)
}

/** What an error says may be tried; empty for nothing. */
export function hintOf(error: unknown): string {
  if (error instanceof UsageError || error instanceof ExitStatus) return error.hint
  return error instanceof EngineError || error instanceof ConnectionError ? error.hint : ''
}

function exitCodeOf(error: unknown): number {
  return error instanceof UsageError || error instanceof ExitStatus || error instanceof FormatError ? error.exitCode : 1
}

async function adviceOn(error: unknown, cli: HintSource | undefined): Promise<string> {
  const own = hintOf(error)
  if (own === '' && error instanceof UsageError && error.similar) return didYouMean(error.similar)
  if (own !== '' || cli === undefined || error instanceof ConnectionError) return own
  const { hintFor } = await import('./hints/hint.ts')
  return hintFor(describeError(error), cli)
}

async function didYouMean({ typed, known }: Similar): Promise<string> {
  const { similarTo } = await import('./hints/similar.ts')
  const meant = await similarTo(typed, known)
  return meant === undefined ? '' : `did you mean "${meant}"?`
}
