import { mkdtemp } from 'node:fs/promises'

/**
 * Creates a directory for one case; the caller removes it. Its path has the same length everywhere, whatever TMPDIR is,
 * because the width of a table and the line breaks of a terminal depend on it.
 */
export function caseDirectory(kind: 'parity' | 'pty'): Promise<string> {
  return mkdtemp(`/tmp/tug-${kind}-`)
}
