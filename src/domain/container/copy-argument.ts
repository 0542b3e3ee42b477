/** One operand of `cp`: a path in a container, or a local path. */
export interface CopyArgument {
  /** A name or id; empty for a local path. */
  readonly container: string
  readonly path: string
}

/**
 * Parses `CONTAINER:PATH` or `PATH`. A local path may contain a colon if it begins with `/` or `.`, because names of
 * containers do not.
 */
export function parseCopyArgument(text: string): CopyArgument {
  const colon = text.indexOf(':')
  if (text.startsWith('/') || text.startsWith('.') || colon < 0) return { container: '', path: text }
  return { container: text.slice(0, colon), path: text.slice(colon + 1) }
}

/** Whether an operand is a path in a container with wildcards. */
export function isCopyPattern({ container, path }: CopyArgument): boolean {
  return container !== '' && /[*?[]/.test(path)
}
