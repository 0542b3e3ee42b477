/** The hint for a daemon that does not respond at the default socket while another engine of the user's does. */

import { findEndpoint, readContexts, type StoredContext } from '../../config/context-store.ts'
import { type EngineSocket, engineSockets } from '../../config/engine-sockets.ts'
import { quoteShellWord } from '../../domain/shell-words.ts'
import { Engine } from '../../engine/engine.ts'
import type { Cli } from '../cli.ts'
import { programName } from '../program-name.ts'
import { HINT_TIMEOUT_MS } from './rule.ts'

/**
 * Looks for an engine at the usual sockets and says how to use it.
 * @returns the hint; empty if no engine responds there. It never throws.
 */
export async function otherEngineHint(cli: Pick<Cli, 'env' | 'config'>): Promise<string> {
  const candidates = engineSockets(cli.env)
  const responses = await Promise.all(candidates.map(responds))
  const found = candidates.find((_, index) => responses[index])
  if (found === undefined) return ''
  return `${found.name} responds at ${found.path}; use it with: ${commandFor(found, cli)}`
}

/** Returns the command line that makes the engine the current one. */
function commandFor({ path, context }: EngineSocket, cli: Pick<Cli, 'env' | 'config'>): string {
  const host = `unix://${path}`
  const contexts = storedContexts(cli)
  const own = contexts.find((each) => findEndpoint(each)?.host === host)
  const isTaken = contexts.some(({ name }) => name === context)
  // These variables override the current context.
  if (cli.env.DOCKER_HOST || cli.env.DOCKER_CONTEXT || (own === undefined && isTaken)) {
    return `export DOCKER_HOST=${quoteShellWord(host)}`
  }
  const name = programName()
  // Most of these engines create a context themselves.
  if (own !== undefined) return `${name} context use ${quoteShellWord(own.name)}`
  const create = `${name} context create ${context} --docker ${quoteShellWord(`host=${host}`)}`
  return `${create} && ${name} context use ${context}`
}

/** Returns the user's contexts; none if one of them cannot be read. */
function storedContexts({ config }: Pick<Cli, 'config'>): StoredContext[] {
  try {
    return readContexts(config.dir)
  } catch {
    return []
  }
}

/** Whether a daemon at the socket reports its version in time. */
async function responds({ path }: EngineSocket): Promise<boolean> {
  const engine = new Engine({ endpoint: { host: `unix://${path}`, address: { kind: 'unix', path } } })
  try {
    const timeout = AbortSignal.timeout(HINT_TIMEOUT_MS)
    const late = new Promise<never>((_, reject) => timeout.addEventListener('abort', () => reject(timeout.reason)))
    await Promise.race([engine.system.version(), late])
    return true
  } catch {
    return false
  } finally {
    await engine.close()
  }
}
