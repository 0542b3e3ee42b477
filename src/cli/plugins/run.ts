import { ExitStatus } from '../../domain/errors.ts'
import { type CollectedOutput, describeExit } from '../../programs/collect-output.ts'
import { type ChildProcess, spawnProgram } from '../../programs/programs.ts'
import type { Cli } from '../cli.ts'
import type { PluginCall } from './call.ts'
import { pluginPath } from './directories.ts'
import { pluginEnvironment } from './environment.ts'
import { readPlugin } from './metadata.ts'
import { ShutdownSocket } from './shutdown-socket.ts'

/** The number of signals after which the plugin is killed. */
const MAX_SIGNALS = 3

/** The exit code for a plugin that a signal ended: Go's os/exec reports -1, of which the shell sees one byte. */
const SIGNALED = 255

/**
 * Runs a plugin instead of tug, on the same terminal, and waits until it exits.
 * @param builtins the words that cannot be names of plugins
 * @returns the plugin's exit code; undefined if there is no valid plugin with this name
 * @throws ExitStatus 1 with Go's description if the plugin fails to print its help
 */
export async function runPlugin(call: PluginCall, builtins: readonly string[], cli: Cli): Promise<number | undefined> {
  const path = pluginPath(call.name, cli.config)
  if (path === undefined || (await readPlugin(call.name, path, builtins)).Err !== undefined) return undefined
  return waitFor(path, call, cli)
}

/** Waits until a program has ended. @throws the system's error if it could not be started */
function endOf(child: ChildProcess): Promise<Pick<CollectedOutput, 'exitCode' | 'signal'>> {
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('exit', (exitCode, signal) => resolve({ exitCode, signal }))
  })
}

async function waitFor(path: string, call: PluginCall, { out, err }: Cli): Promise<number> {
  const shutdown = call.isHelp ? undefined : await ShutdownSocket.open()
  const env = { ...pluginEnvironment(process.env), ...shutdown?.env, ...call.env }
  const child = spawnProgram(path, call.argv, { stdio: 'inherit', env })
  let signals = 0
  const end = (signal: NodeJS.Signals) => {
    // The terminal sends SIGINT to the plugin as well.
    if (signal === 'SIGINT' && out.isTerminal) return
    shutdown?.close()
    if (++signals < MAX_SIGNALS) return
    err.write(`got ${signals} SIGTERM/SIGINTs, forcefully exiting\n`)
    child.kill('SIGKILL')
    process.exit(1)
  }
  process.on('SIGINT', end).on('SIGTERM', end)
  try {
    const { exitCode, signal } = await endOf(child)
    if (call.isHelp && exitCode !== 0) throw new ExitStatus(1, describeExit({ exitCode, signal }))
    return exitCode ?? SIGNALED
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end)
    shutdown?.close()
  }
}
