import { DEFAULT_SOCKET } from '../domain/context/endpoint.ts'
import { ConnectionError, describeError, ExitStatus, hintOf, type Similar, UsageError } from '../domain/errors.ts'
import { FormatError } from '../format/error.ts'
import type { Cli } from './cli.ts'
import { BrokenPipeError, type Output } from './io/streams.ts'

/** The dependencies that hints may use. */
type HintSource = Pick<Cli, 'engine' | 'env' | 'config' | 'now'>

/** The exit code that the shell reports for a program that SIGPIPE ended, as it ends Go's programs. */
const BROKEN_PIPE_EXIT_CODE = 128 + 13

/**
 * Prints an error to stderr, on a terminal with a hint, and returns the exit code. This is the only place where errors
 * become text.
 */
export async function reportError(error: unknown, err: Output, cli?: HintSource): Promise<number> {
  try {
    if (error instanceof BrokenPipeError) return BROKEN_PIPE_EXIT_CODE
    const message = describeError(error)
    if (message !== '') err.write(`${message}\n`)
    await writeHint(error, err, cli)
    return exitCodeOf(error)
  } catch (failure) {
    if (failure instanceof BrokenPipeError) return BROKEN_PIPE_EXIT_CODE
    throw failure
  }
}

/** Prints a hint for an error, if there is one and stderr is a terminal. @param cli for hints that need requests */
export async function writeHint(error: unknown, err: Output, cli?: HintSource): Promise<void> {
  if (!err.isTerminal) return
  const hint = await findHint(error, cli)
  if (hint === '') return
  const { hintLine } = await import('../format/text/visible.ts')
  err.write(hintLine(hint))
}

function exitCodeOf(error: unknown): number {
  return error instanceof UsageError || error instanceof ExitStatus || error instanceof FormatError ? error.exitCode : 1
}

async function findHint(error: unknown, cli: HintSource | undefined): Promise<string> {
  const own = hintOf(error)
  if (own === '' && error instanceof UsageError && error.similar) return didYouMean(error.similar)
  if (cli !== undefined && error instanceof ConnectionError && error.message.includes(` unix://${DEFAULT_SOCKET}. `)) {
    const { otherEngineHint } = await import('./hints/other-engines.ts')
    return (await otherEngineHint(cli)) || own
  }
  if (own !== '' || cli === undefined || error instanceof ConnectionError) return own
  const { hintFor } = await import('./hints/hint.ts')
  return hintFor(describeError(error), cli)
}

async function didYouMean({ typed, known, isFirstWord = false }: Similar): Promise<string> {
  if (isFirstWord) {
    const { otherWordHint } = await import('./hints/other-words.ts')
    const hint = otherWordHint(typed)
    if (hint !== '') return hint
  }
  const { similarTo } = await import('./hints/similar.ts')
  const similar = await similarTo(typed, known)
  return similar === undefined ? '' : `did you mean "${similar}"?`
}
