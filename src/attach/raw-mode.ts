import { ProgramError, preloadChildProcess, runProgram } from '../programs/programs.ts'
import type { InputStream } from './stdio.ts'

/** Signals that end a program and leave its terminal as it is. */
const FATAL = ['SIGHUP', 'SIGQUIT', 'SIGTERM', 'SIGINT'] as const

/**
 * Hands every key to the container: no echo, no line editing, no signals from Ctrl-C, and output as the container's own
 * terminal made it.
 * @returns puts the terminal back; it may be called again. That also happens when the process ends, be it by a signal
 * that nobody else handles or by an error that nobody caught
 */
export function enterRawMode({ stream }: InputStream): () => void {
  stream.setRawMode(true)
  keepOutputAsItIs()
  const restore = () => {
    process.off('exit', restore)
    for (const signal of FATAL) process.off(signal, die)
    if (!stream.destroyed && stream.isRaw) stream.setRawMode(false)
  }
  const die = (signal: NodeJS.Signals) => {
    if (process.listenerCount(signal) > 1) return
    restore()
    process.kill(process.pid, signal)
  }
  process.on('exit', restore)
  for (const signal of FATAL) process.on(signal, die)
  return restore
}

/**
 * Node's raw mode still turns a line feed into carriage return and line feed, which full-screen programs do not expect.
 * `setRawMode(false)` brings the setting back with the others.
 */
function keepOutputAsItIs(): void {
  try {
    runProgram('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] })
  } catch (error) {
    // Without stty full-screen programs may look odd; that is no reason not to attach.
    if (!(error instanceof ProgramError)) throw error
  }
}

/** Loads what `enterRawMode` needs. */
export function prepareRawMode(): void {
  preloadChildProcess()
}
