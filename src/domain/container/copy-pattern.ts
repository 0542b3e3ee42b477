import { compileGlob } from '../go/glob.ts'
import { cleanPath } from '../go/path.ts'

const WILDCARD = /[*?[]/

/** A pattern for paths in a container, such as `/var/log/*.log`. */
export interface CopyPattern {
  /** The directory in front of the first wildcard. */
  readonly directory: string
  /** Whether only directories match, because the pattern ends in `/` or `/.`. */
  readonly isForDirectories: boolean
  /**
   * Returns the path that an entry of the directory is copied by; undefined if it does not match.
   * @param name relative to the directory
   */
  pathOf(name: string): string | undefined
}

/**
 * Parses a path with wildcards as a shell does: `*`, `?`, `[a-z]` and `[!a-z]` stand for characters of one name, a backslash takes a
 * wildcard literally, and a name that begins with a dot is matched by a pattern that does.
 * @returns undefined for a path without wildcards
 */
export function parseCopyPattern(path: string): CopyPattern | undefined {
  const end = /\/+\.?$/.exec(path)?.[0] ?? ''
  const parts = path
    .slice(0, path.length - end.length)
    .split('/')
    .filter((part) => part !== '')
  const first = parts.findIndex((part) => WILDCARD.test(part))
  if (first < 0) return undefined
  const directory = cleanPath(`/${parts.slice(0, first).join('/')}`)
  const matchers = parts.slice(first).map(compileName)
  const matches = (names: readonly string[]) =>
    names.length === matchers.length && names.every((name, at) => matchers[at]?.(name))
  return {
    directory,
    isForDirectories: end !== '',
    pathOf: (name) => (matches(name.split('/')) ? `${directory === '/' ? '' : directory}/${name}${end}` : undefined),
  }
}

function compileName(pattern: string): (name: string) => boolean {
  // Go's patterns negate with `^` only, shells with `!` too.
  const matches = compileGlob(pattern.replace(/\\.|\[!/gsu, (token) => (token === '[!' ? '[^' : token)))
  const takesHidden = /^\\?\./.test(pattern)
  return (name) => !['', '.', '..'].includes(name) && (takesHidden || !name.startsWith('.')) && matches(name)
}
