import { compareVersions } from '../domain/api-version.ts'
import { ExitStatus } from '../domain/errors.ts'
import type { Engine } from '../engine/engine.ts'
import { PROGRAM } from './usage.ts'

/**
 * Refuses a whole command that the daemon is too old for. docker looks at the daemon before it looks at what was typed;
 * where there is no daemon, that is told later.
 * @param command its words, such as `volume update`
 * @throws ExitStatus in docker's words
 */
export async function requireApi(command: string, minApi: string, engine: Pick<Engine, 'apiVersion'>): Promise<void> {
  const version = await engine.apiVersion().catch(() => minApi)
  if (compareVersions(version, minApi) >= 0) return
  const path = `${PROGRAM} ${command}`
  throw new ExitStatus(1, `${path} requires API version ${minApi}, but the Docker daemon API version is ${version}`)
}
