import { displayMessages, ProgressDisplay } from '../../format/progress/display.ts'
import type { Cli } from '../cli.ts'
import { NO_PROGRESS } from '../pull.ts'
import { followService } from './follow.ts'

/** Milliseconds between two looks at a service. */
const PAUSE = 200

/**
 * Waits until a service is as it should be, and shows how it gets there. Ctrl-C ends the waiting, which is no failure:
 * the swarm goes on.
 * @param isQuiet whether nothing is shown
 * @throws EngineError, ConnectionError, Error in docker's words where the swarm has given up
 */
export async function waitForService(id: string, isQuiet: boolean, cli: Cli): Promise<void> {
  const { engine, out, now } = cli
  const interruption = Promise.withResolvers<true>()
  const interrupt = () => interruption.resolve(true)
  process.on('SIGINT', interrupt)
  const pause = async () => {
    const moment = Promise.withResolvers<false>()
    const timer = setTimeout(() => moment.resolve(false), PAUSE)
    const isInterrupted = await Promise.race([interruption.promise, moment.promise])
    clearTimeout(timer)
    return isInterrupted
  }
  try {
    const messages = followService(id, { engine, now, pause })
    await displayMessages(messages, new ProgressDisplay(isQuiet ? NO_PROGRESS : out, now))
  } finally {
    process.off('SIGINT', interrupt)
  }
}
