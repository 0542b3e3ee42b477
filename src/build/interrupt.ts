import { constants } from 'node:os'
import { ExitStatus } from '../domain/errors.ts'

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/**
 * Does work that Ctrl-C ends: the signal that the work is given aborts, so that it can clean up behind itself, and the
 * result is docker's exit code for it.
 * @throws ExitStatus 128 and the signal's number when interrupted
 */
export async function untilInterrupted<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const aborter = new AbortController()
  const interruption = Promise.withResolvers<never>()
  const interrupt = (name: NodeJS.Signals) => {
    interruption.reject(new ExitStatus(128 + constants.signals[name]))
    aborter.abort()
  }
  for (const name of SIGNALS) process.on(name, interrupt)
  try {
    // The work may be waiting for what no signal ends, such as stdin.
    return await Promise.race([work(aborter.signal), interruption.promise])
  } finally {
    for (const name of SIGNALS) process.off(name, interrupt)
  }
}
