import { mkdtemp } from 'node:fs/promises'

/**
 * A new directory for one case, for whoever asks to remove. Its path is as long wherever the tests run, TMPDIR or not:
 * tables are as wide as the paths in them, and terminals break lines where a path ends.
 */
export function caseDirectory(kind: 'parity' | 'pty'): Promise<string> {
  return mkdtemp(`/tmp/tug-${kind}-`)
}
