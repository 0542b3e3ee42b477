/** One side of `cp`: a path in a container, or one of ours. */
export interface CopyArgument {
  /** A name or id; empty for a path of ours. */
  readonly container: string
  readonly path: string
}

/**
 * Reads `CONTAINER:PATH` or `PATH`. A path of ours that has a colon is told by its beginning, `/` or `.`: names of
 * containers have none of these there.
 */
export function parseCopyArgument(text: string): CopyArgument {
  const colon = text.indexOf(':')
  if (text.startsWith('/') || text.startsWith('.') || colon < 0) return { container: '', path: text }
  return { container: text.slice(0, colon), path: text.slice(colon + 1) }
}
