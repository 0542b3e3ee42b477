import { once } from 'node:events'
import { spawnProgram } from '../../programs/programs.ts'
import type { Cli } from '../cli.ts'
import type { PluginCall } from './call.ts'
import { pluginPath } from './directories.ts'
import { EndNotice } from './end-notice.ts'
import { pluginEnvironment } from './environment.ts'
import { readPlugin } from './metadata.ts'

/** So many signals, and the plugin is killed. */
const PATIENCE = 3

/** What os/exec has for a process that a signal ended: -1, which the shell sees as a byte. */
const SIGNALED = 255

/**
 * Runs a plugin in tug's place, on its terminal, and waits for its end.
 * @param builtins the words that no plugin can have
 * @returns the plugin's exit code; undefined when there is no plugin of the name that can be used
 */
export async function runPlugin(call: PluginCall, builtins: readonly string[], cli: Cli): Promise<number | undefined> {
  const path = pluginPath(call.name, cli.config)
  if (path === undefined || (await readPlugin(call.name, path, builtins)).Err !== undefined) return undefined
  return waitFor(path, call, cli)
}

async function waitFor(path: string, call: PluginCall, { out, err }: Cli): Promise<number> {
  const notice = await EndNotice.open()
  const env = { ...pluginEnvironment(process.env), ...notice.env, ...call.env }
  const child = spawnProgram(path, call.argv, { stdio: 'inherit', env })
  let signals = 0
  const end = (signal: NodeJS.Signals) => {
    // The terminal has told the plugin itself.
    if (signal === 'SIGINT' && out.isTerminal) return
    notice.give()
    if (++signals < PATIENCE) return
    err.write(`got ${signals} SIGTERM/SIGINTs, forcefully exiting\n`)
    child.kill('SIGKILL')
    process.exit(1)
  }
  process.on('SIGINT', end).on('SIGTERM', end)
  try {
    const [code]: (number | null)[] = await once(child, 'exit')
    return code ?? SIGNALED
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end)
    notice.give()
  }
}
