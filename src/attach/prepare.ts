import { prepareRawMode } from './raw-mode.ts'
import type { InputStream } from './stdio.ts'

interface AttachedStreams {
  readonly stdin: boolean
  /** Whether the process has a terminal. */
  readonly tty: boolean
  /** How many connections the command needs at the same time besides the first one. */
  readonly connections: number
}

/**
 * Loads the modules that attaching needs, after the current request has been sent: meanwhile the daemon is busy. It
 * does not read input or change the terminal.
 */
export function prepareStreams(
  engine: { prepareUpgrade(connections: number): void },
  input: InputStream,
  { stdin, tty, connections }: AttachedStreams,
): void {
  engine.prepareUpgrade(connections)
  if (!stdin) return
  setImmediate(() => {
    void input.stream
    if (tty && input.isTerminal) prepareRawMode()
  })
}
