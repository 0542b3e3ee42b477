import type { Cli } from '../../../cli/cli.ts'
import { showProgress } from '../../swarm/progress.ts'
import { followService } from './follow.ts'

/**
 * Waits until a service is as it should be, and shows how it gets there.
 * @param isQuiet whether nothing is shown
 * @throws EngineError, ConnectionError, Error in docker's words where the swarm has given up
 */
export async function waitForService(id: string, isQuiet: boolean, cli: Cli): Promise<void> {
  const { engine, now } = cli
  await showProgress((pause) => followService(id, { engine, now, pause }), isQuiet, cli)
}
