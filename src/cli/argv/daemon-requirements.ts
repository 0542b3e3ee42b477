/** Checks whether the daemon supports a command and its flags before any other request is sent. */

import { ExitStatus } from '../../domain/errors.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import type { Engine } from '../../engine/engine.ts'
import type { AnyFlag } from '../../flags/flag.ts'
import { programName } from '../program-name.ts'

/** What a daemon must be to serve a flag or a command. */
export type DaemonRequirements = Pick<AnyFlag, 'minApi' | 'daemonOs' | 'isExperimental'>

/** The part of the engine that knows the daemon's version and features. */
export type DaemonVersion = Pick<Engine, 'facts' | 'useAtLeast'>

/**
 * Refuses flags that the daemon does not support, all of them at once and by name.
 * @param typedFlags the names of the flags that were typed
 * @throws ExitStatus with docker's message, one line for each flag; ConnectionError
 */
export async function refuseUnservedFlags(
  flags: Readonly<Record<string, AnyFlag>>,
  typedFlags: ReadonlySet<string>,
  engine: () => DaemonVersion,
): Promise<void> {
  const refusals: string[] = []
  for (const name of [...typedFlags].sort()) {
    const flag = flags[name]
    if (flag === undefined || !hasRequirements(flag)) continue
    const reason = await refusal(flag, engine())
    if (reason !== '') refusals.push(`"--${name}" ${reason}`)
  }
  if (refusals.length > 0) throw new ExitStatus(1, refusals.join('\n'))
}

/**
 * Refuses a command that the daemon does not support. A daemon that cannot be reached is no reason: the command's own
 * first request reports that.
 * @param name the command's full name: `checkpoint ls`
 * @throws ExitStatus with docker's message
 */
export async function refuseUnservedCommand(
  name: string,
  requirements: DaemonRequirements,
  engine: () => DaemonVersion,
): Promise<void> {
  const reason = await refusal(requirements, engine()).catch(() => '')
  if (reason !== '') throw new ExitStatus(1, `${programName()} ${name} ${reason}`)
}

/** Whether a command or a flag is not supported by every daemon. */
export function hasRequirements({ minApi, daemonOs, isExperimental }: DaemonRequirements): boolean {
  return minApi !== undefined || daemonOs !== undefined || isExperimental === true
}

/**
 * Returns why the daemon does not support a flag or a command; empty if it does. If there are several reasons, docker
 * reports only the first.
 */
async function refusal(
  { minApi, daemonOs, isExperimental }: DaemonRequirements,
  engine: DaemonVersion,
): Promise<string> {
  if (minApi !== undefined) {
    const apiVersion = await engine.useAtLeast(minApi)
    if (compareVersions(apiVersion, minApi) < 0) {
      return `requires API version ${minApi}, but the Docker daemon API version is ${apiVersion}`
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
