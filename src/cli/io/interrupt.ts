import { constants } from 'node:os'
import { ExitStatus } from '../../domain/errors.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Does work that Ctrl-C ends: the signal that the work is given aborts, so that it can clean up behind itself, and the
 * result is docker's exit code for it.
 * @param patience milliseconds that the work gets for its last words; a second signal ends them
 * @param status the exit code, by default 128 and the signal's number
 * @throws ExitStatus when interrupted, with what the work said of it
 */
export async function untilInterrupted<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { patience = 0, status }: { readonly patience?: number; readonly status?: number } = {},
): Promise<T> {
  const aborter = new AbortController()
  const interruption = Promise.withResolvers<never>()
  let exitCode = 0
  let timer: NodeJS.Timeout | undefined
  const interrupt = (name: NodeJS.Signals) => {
    const isFirst = exitCode === 0
    exitCode = status ?? 128 + constants.signals[name]
    const end = () => interruption.reject(new ExitStatus(exitCode))
    if (!isFirst || patience === 0) end()
    else timer = setTimeout(end, patience)
    aborter.abort()
  }
  for (const name of SIGNALS) process.on(name, interrupt)
  try {
    // The work may be waiting for what no signal ends, such as stdin.
    return await Promise.race([work(aborter.signal), interruption.promise])
  } catch (error) {
    throw exitCode === 0 || error instanceof ExitStatus === false ? error : new ExitStatus(exitCode, error.message)
  } finally {
    clearTimeout(timer)
    for (const name of SIGNALS) process.off(name, interrupt)
  }
}
