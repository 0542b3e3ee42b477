/** The hint for a daemon that does not respond at the default socket while another engine of the user's does. */

import { existsSync } from 'node:fs'
import { homeDirectory } from '../../config/home-directory.ts'
import { type EngineSocket, usualSockets } from '../../domain/context/usual-sockets.ts'
import { quoteShellWord } from '../../domain/shell-words.ts'
import { Engine } from '../../engine/engine.ts'
import type { Cli } from '../cli.ts'
import { programName } from '../program-name.ts'
import { HINT_TIMEOUT_MS } from './rule.ts'

/**
 * Looks for an engine at the usual sockets and says how to use it.
 * @returns the hint; empty if no engine responds there. It never throws.
 */
export async function otherEngineHint(env: Cli['env']): Promise<string> {
  const runtimeDirectory = env.XDG_RUNTIME_DIR || `/run/user/${process.getuid?.()}`
  const candidates = usualSockets(homeDirectory(env), runtimeDirectory).filter(({ path }) => existsSync(path))
  const responses = await Promise.all(candidates.map(responds))
  const found = candidates.find((_, index) => responses[index])
  if (found === undefined) return ''
  const name = found.name.toLowerCase().replace(/ /g, '-')
  const host = quoteShellWord(`host=unix://${found.path}`)
  return `${found.name} responds at ${found.path}; use it with: ${programName()} context create ${name} --docker ${host} && ${programName()} context use ${name}`
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
