import type { Cli } from '../../cli/cli.ts'
import type { JsonMessage } from '../../domain/image/json-message.ts'
import { displayMessages, ProgressDisplay } from '../../format/progress/display.ts'
import { NO_PROGRESS } from '../image/pull.ts'

/** Milliseconds between two looks at a swarm. */
const PAUSE = 200

/** Waits a moment between two looks. @returns whether somebody asked to stop waiting */
export type Pause = () => Promise<boolean>

/**
 * Shows how a swarm gets to where it should be, until it is there. Ctrl-C ends the waiting, which is no failure: the
 * swarm goes on.
 * @param follow what is to be shown, look after look
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
    const moment = Promise.withResolvers<false>()
    const timer = setTimeout(() => moment.resolve(false), PAUSE)
    const isInterrupted = await Promise.race([interruption.promise, moment.promise])
    clearTimeout(timer)
    return isInterrupted
  }
  try {
    await displayMessages(follow(pause), new ProgressDisplay(isQuiet ? NO_PROGRESS : out, now))
  } finally {
    process.off('SIGINT', interrupt)
  }
}
