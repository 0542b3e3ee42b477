import { ExitStatus } from '../../domain/errors.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Runs work that SIGINT and SIGTERM interrupt. They abort the signal that the work gets, so that it can clean up.
 * @param patience how long the work may go on after the first signal, in milliseconds
 * @param forcedBy the number of signals that ends the work at once, 2 by default
 * @param status the exit code for an interruption; by default 128 and the number of the signal
 * @throws ExitStatus if interrupted, with the message of the work's own ExitStatus
 */
export async function untilInterrupted<T>(
  work: (signal: AbortSignal) => Promise<T>,
  {
    patience = 0,
    forcedBy = 2,
    status,
  }: { readonly patience?: number; readonly forcedBy?: number; readonly status?: number } = {},
): Promise<T> {
  const aborter = new AbortController()
  const interruption = Promise.withResolvers<never>()
  let exitCode = 0
  let count = 0
  let timer: NodeJS.Timeout | undefined
  const interrupt = (name: NodeJS.Signals) => {
    count++
    exitCode = status ?? 128 + process.getBuiltinModule('node:os').constants.signals[name]
    const end = () => interruption.reject(new ExitStatus(exitCode))
    if (count >= forcedBy || patience === 0) end()
    else timer ??= setTimeout(end, patience)
    aborter.abort()
  }
  for (const name of SIGNALS) process.on(name, interrupt)
  try {
    // The work may wait for something that the signal does not abort, such as stdin.
    return await Promise.race([work(aborter.signal), interruption.promise])
  } catch (error) {
    throw exitCode === 0 || error instanceof ExitStatus === false ? error : new ExitStatus(exitCode, error.message)
  } finally {
    clearTimeout(timer)
    for (const name of SIGNALS) process.off(name, interrupt)
  }
}
