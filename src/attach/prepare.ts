import { prepareRawMode } from './raw-mode.ts'
import type { InputStream } from './stdio.ts'

/** What will be connected to a container's process. */
interface Connected {
  readonly stdin: boolean
  /** Whether the process has a terminal. */
  readonly tty: boolean
}

/**
 * Loads what being connected needs, once what was just asked of the daemon is on its way: meanwhile the daemon is busy.
 * Nothing is read yet, and no terminal changed.
 */
export function prepareStreams(
  engine: { prepareUpgrade(): void },
  input: InputStream,
  { stdin, tty }: Connected,
): void {
  engine.prepareUpgrade()
  if (!stdin) return
  setImmediate(() => {
    void input.stream
    if (tty && input.isTerminal) prepareRawMode()
  })
}
