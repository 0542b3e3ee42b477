import { ProgramError, preloadChildProcess, runProgram } from '../programs/programs.ts'
import type { InputStream } from './stdio.ts'

/** Signals that end the process, after which the terminal would stay in raw mode. */
const FATAL_SIGNALS = ['SIGHUP', 'SIGQUIT', 'SIGTERM', 'SIGINT'] as const

/**
 * Puts the terminal into raw mode, so that every key goes to the container: no echo, no line editing, no signal for
 * Ctrl-C, and no processing of the output.
 * @returns a function that restores the terminal and can be called repeatedly. The terminal is also restored when the
 * process exits, whether by an uncaught error or by a signal without another handler
 */
export function enterRawMode({ stream }: InputStream): () => void {
  stream.setRawMode(true)
  disableOutputProcessing()
  const restore = () => {
    process.off('exit', restore)
    for (const signal of FATAL_SIGNALS) process.off(signal, exitBySignal)
    if (!stream.destroyed && stream.isRaw) stream.setRawMode(false)
  }
  const exitBySignal = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) > 1) return
    restore()
    process.kill(process.pid, signal)
  }
  process.on('exit', restore)
  for (const signal of FATAL_SIGNALS) process.on(signal, exitBySignal)
  return restore
}

/**
 * Keeps the terminal from converting LF to CR LF, which Node's raw mode leaves on but full-screen programs do not
 * expect. `setRawMode(false)` restores this setting with the others.
 */
function disableOutputProcessing(): void {
  try {
    runProgram('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] })
  } catch (error) {
    // Without stty, full-screen programs may be displayed badly, but attaching still works.
    if (!(error instanceof ProgramError)) throw error
  }
}

/** Loads the modules that `enterRawMode` needs. */
export function prepareRawMode(): void {
  preloadChildProcess()
}
