import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Cli } from '../cli.ts'
import { EndNotice } from './end-notice.ts'
import { pluginEnvironment } from './environment.ts'
import { pluginPath } from './folders.ts'
import { readPlugin } from './metadata.ts'

/** So many signals, and the plugin is killed. */
const PATIENCE = 3

/** What os/exec has for a process that a signal ended: -1, which the shell sees as a byte. */
const SIGNALED = 255

/** How tug was called. */
interface PluginCall {
  /** Everything, global flags too: the plugin reads them again. */
  readonly argv: readonly string[]
  readonly builtins: readonly string[]
  readonly cli: Cli
}

/**
 * Runs the plugin that adds a command of this name in tug's place, on its terminal, and waits for its end.
 * @returns the plugin's exit code; undefined when there is no plugin that can be used
 */
export async function runPlugin(name: string, { argv, builtins, cli }: PluginCall): Promise<number | undefined> {
  const path = pluginPath(name, cli.config)
  if (path === undefined || (await readPlugin(name, path, builtins)).Err !== undefined) return undefined
  return waitFor(path, argv, cli)
}

async function waitFor(path: string, argv: readonly string[], { out, err }: Cli): Promise<number> {
  await using notice = await EndNotice.open()
  const child = spawn(path, argv, { stdio: 'inherit', env: { ...pluginEnvironment(process.env), ...notice.env } })
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
  }
}
