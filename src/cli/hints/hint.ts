import type { Cli } from '../cli.ts'
import { runningContainer, stoppedContainer, usedImage, usedNetwork, usedVolume } from './in-use.ts'
import { notFound } from './not-found.ts'
import { HINT_TIMEOUT_MS, type Rule } from './rule.ts'
import { takenName, takenPort } from './taken.ts'
import { writtenHint } from './written.ts'

const RULES: readonly Rule[] = [
  takenName,
  takenPort,
  runningContainer,
  stoppedContainer,
  usedImage,
  usedVolume,
  usedNetwork,
  ...notFound,
]

/**
 * Finds a hint for an error message: which container holds a name or port, what uses an object that cannot be removed,
 * which name was probably meant, how a value is written. This may send requests, so it is used on terminals only.
 * @param message the whole message; its lines are matched one by one
 * @returns the hint; empty if there is none, also if the daemon does not respond. It never throws.
 */
export async function hintFor(message: string, cli: Pick<Cli, 'engine' | 'now'>): Promise<string> {
  const signal = AbortSignal.timeout(HINT_TIMEOUT_MS)
  for (const line of message.split('\n')) {
    for (const { pattern, advise } of RULES) {
      const [matched, ...groups] = pattern.exec(line) ?? []
      if (matched === undefined) continue
      // `cli.engine` throws if the endpoint is what is wrong, so it is used inside the promise only.
      const find = async () =>
        advise(
          groups.map((group) => group ?? ''),
          { engine: cli.engine, now: cli.now(), signal },
        )
      const hint = await find().catch(() => '')
      if (hint !== '') return hint
    }
  }
  return writtenHint(message)
}
