import type { Cli } from '../../cli/cli.ts'
import type { JsonMessage } from '../../domain/image/json-message.ts'
import { displayMessages, ProgressDisplay } from '../../format/progress/display.ts'
import { NO_PROGRESS } from '../image/transfer.ts'

/** The time between two requests for the state of a swarm, in milliseconds. */
const PAUSE_MS = 200

/** Waits until the next request. @returns whether Ctrl-C was pressed */
export type Pause = () => Promise<boolean>

/**
 * Shows the progress of a swarm until it has converged. Ctrl-C ends the wait without an error, because the swarm
 * continues in the background.
 * @param follow yields the messages to show
 * @param isQuiet whether nothing is shown
 * @throws what `follow` throws
 */
export async function showProgress(
  follow: (pause: Pause) => AsyncIterable<JsonMessage>,
  isQuiet: boolean,
  { out, now }: Pick<Cli, 'out' | 'now'>,
): Promise<void> {
  const interruption = Promise.withResolvers<true>()
  const interrupt = () => interruption.resolve(true)
  process.on('SIGINT', interrupt)
  const pause = async () => {
    const timeout = Promise.withResolvers<false>()
    const timer = setTimeout(() => timeout.resolve(false), PAUSE_MS)
    const isInterrupted = await Promise.race([interruption.promise, timeout.promise])
    clearTimeout(timer)
    return isInterrupted
  }
  try {
    await displayMessages(follow(pause), new ProgressDisplay(isQuiet ? NO_PROGRESS : out, now))
  } finally {
    process.off('SIGINT', interrupt)
  }
}
