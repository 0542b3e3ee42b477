import { prepareRawMode } from './raw-mode.ts'
import type { InputStream } from './stdio.ts'

interface AttachedStreams {
  readonly stdin: boolean
  /** Whether the process has a terminal. */
  readonly tty: boolean
}

/**
 * Loads the modules that attaching needs, after the current request has been sent: meanwhile the daemon is busy. It
 * does not read input or change the terminal.
 */
export function prepareStreams(
  engine: { prepareUpgrade(): void },
  input: InputStream,
  { stdin, tty }: AttachedStreams,
): void {
  engine.prepareUpgrade()
  if (!stdin) return
  setImmediate(() => {
    void input.stream
    if (tty && input.isTerminal) prepareRawMode()
  })
}
