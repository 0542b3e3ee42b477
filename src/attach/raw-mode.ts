import { ProgramError, preloadChildProcess, runProgram } from '../programs/programs.ts'
import { isForwardingSignals } from './signals.ts'
import type { InputStream } from './stdio.ts'

/**
 * Signals that end the process without an `exit` event, after which the terminal would stay in raw mode. SIGINT and SIGTERM
 * always have a listener, which exits.
 */
const FATAL_SIGNALS = ['SIGHUP', 'SIGQUIT'] as const

/**
 * Puts the terminal into raw mode, so that every key goes to the container: no echo, no line editing, no signal for
 * Ctrl-C, and no processing of the output.
 * @returns a function that restores the terminal and can be called repeatedly. The terminal is also restored when the
 * process exits, whether by an uncaught error or by a signal without another handler
 */
export function enterRawMode(input: InputStream): () => void {
  const restore = enterKeyMode(input)
  disableOutputProcessing()
  return restore
}

/** Puts the terminal into raw mode like `enterRawMode`, except that it goes on processing output. */
export function enterKeyMode({ stream }: InputStream): () => void {
  stream.setRawMode(true)
  const restore = () => {
    process.off('exit', restore)
    // The listeners for signals stay: a signal that has arrived, but was not handled yet, is lost when its listener is
    // removed. SIGHUP arrives at the same time as the errors of a closed terminal's streams, which also end raw mode.
    if (!stream.destroyed && stream.isRaw) leaveRawMode(stream)
  }
  const exitBySignal = (signal: NodeJS.Signals) => {
    if (isForwardingSignals()) return
    restore()
    process.off(signal, exitBySignal)
    process.kill(process.pid, signal)
  }
  process.on('exit', restore)
  for (const signal of FATAL_SIGNALS) process.on(signal, exitBySignal)
  return restore
}

/** Leaves raw mode. A terminal that has hung up has no mode any more, which is no error. */
function leaveRawMode(stream: NodeJS.ReadStream): void {
  const ignore = () => {}
  stream.on('error', ignore)
  stream.setRawMode(false)
  stream.off('error', ignore)
}

/** Enters raw mode again after a suspension, during which the shell has changed the terminal's settings. */
export function reenterKeyMode({ stream }: InputStream): void {
  // The runtime does not repeat a setting that it believes to be in effect.
  stream.setRawMode(false)
  stream.setRawMode(true)
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
