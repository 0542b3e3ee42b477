import { ExitStatus } from '../../domain/errors.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import type { Engine } from '../../engine/engine.ts'
import type { AnyFlag } from '../../flags/flag.ts'
import { PROGRAM } from './usage.ts'

/** What a daemon must be to serve a flag or a command. */
type Needs = Pick<AnyFlag, 'minApi' | 'daemonOs' | 'isExperimental'>

/** What can be known of a daemon without a command's request. */
export type GateKeeper = Pick<Engine, 'apiVersion' | 'facts'>

/**
 * Refuses flags that the daemon cannot serve, all of them and by name, before anything else is asked of it.
 * @param given the names of the flags that were typed
 * @throws ExitStatus in docker's words, a line a flag; ConnectionError
 */
export async function refuseUnservedFlags(
  flags: Readonly<Record<string, AnyFlag>>,
  typedFlags: ReadonlySet<string>,
  engine: () => GateKeeper,
): Promise<void> {
  const refusals: string[] = []
  for (const name of [...typedFlags].sort()) {
    const flag = flags[name]
    if (flag === undefined || !isGated(flag)) continue
    const reason = await refusal(flag, engine())
    if (reason !== '') refusals.push(`"--${name}" ${reason}`)
  }
  if (refusals.length > 0) throw new ExitStatus(1, refusals.join('\n'))
}

/**
 * Refuses a command that the daemon cannot serve. Where there is no daemon, that is told by what is asked of it.
 * @param name the command's own: `checkpoint ls`
 * @throws ExitStatus in docker's words
 */
export async function refuseUnservedCommand(name: string, needs: Needs, engine: GateKeeper): Promise<void> {
  const reason = await refusal(needs, engine).catch(() => '')
  if (reason !== '') throw new ExitStatus(1, `${PROGRAM} ${name} ${reason}`)
}

function isGated({ minApi, daemonOs, isExperimental }: Needs): boolean {
  return minApi !== undefined || daemonOs !== undefined || isExperimental === true
}

/** Why the daemon cannot serve a flag or a command; empty when it can. Of several reasons docker names the first. */
async function refusal({ minApi, daemonOs, isExperimental }: Needs, engine: GateKeeper): Promise<string> {
  if (minApi !== undefined) {
    const spoken = await engine.apiVersion()
    if (compareVersions(spoken, minApi) < 0) {
      return `requires API version ${minApi}, but the Docker daemon API version is ${spoken}`
    }
  }
  if (daemonOs === undefined && !isExperimental) return ''
  const facts = await engine.facts()
  if (daemonOs !== undefined && facts.osType !== daemonOs && facts.osType !== '') {
    return `is only supported on a Docker daemon running on ${daemonOs}, but the Docker daemon is running on ${facts.osType}`
  }
  if (isExperimental && !facts.isExperimental) {
    return 'is only supported on a Docker daemon with experimental features enabled'
  }
  return ''
}
