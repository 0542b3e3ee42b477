import type { Cli } from '../cli.ts'
import { PATIENCE_MS, type Rule } from './asker.ts'
import { runningContainer, stoppedContainer, usedImage, usedNetwork, usedVolume } from './in-use.ts'
import { missing } from './missing.ts'
import { takenName, takenPort } from './taken.ts'

const RULES: readonly Rule[] = [
  takenName,
  takenPort,
  runningContainer,
  stoppedContainer,
  usedImage,
  usedVolume,
  usedNetwork,
  ...missing,
]

/**
 * What a person may try after a refusal: who has what is taken, what uses what cannot be removed, which name was
 * probably meant. That may cost requests, so it is for terminals only.
 * @param message what was printed, whatever else it says
 * @returns a hint; empty where there is none, also when the daemon does not response: it never fails
 */
export async function hintFor(message: string, cli: Pick<Cli, 'engine' | 'now'>): Promise<string> {
  const signal = AbortSignal.timeout(PATIENCE_MS)
  for (const line of message.split('\n')) {
    for (const { pattern, advise } of RULES) {
      const [found, ...groups] = pattern.exec(line) ?? []
      if (found === undefined) continue
      // Not before it is needed: what is wrong may be that there is no engine to be asked.
      const ask = async () =>
        advise(
          groups.map((group) => group ?? ''),
          { engine: cli.engine, now: cli.now(), signal },
        )
      const hint = await ask().catch(() => '')
      if (hint !== '') return hint
    }
  }
  return ''
}
