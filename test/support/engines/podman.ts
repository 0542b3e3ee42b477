import type { EngineAddress, EngineOptions } from './docker-engine.ts'
import type { Keeping } from './keeping.ts'

export async function runPodman(_options: Pick<EngineOptions, 'mirrorUrl'>, _keeping: Keeping): Promise<EngineAddress> {
  throw new Error('later')
}
