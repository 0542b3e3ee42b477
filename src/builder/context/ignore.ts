import { posix } from 'node:path'
import { compilePattern, type IgnorePattern } from './ignore-pattern.ts'

const LONGEST_LINE = 64 * 1024

/** What the patterns said of a directory, for its entries to go on from. */
export type PatternResults = readonly boolean[]

/** A pattern of an ignore file, and where it stands. */
export interface IgnoreRule {
  readonly pattern: string
  /** As it is written, without spaces around it. */
  readonly text: string
  /** The first one is 1. */
  readonly line: number
}

/**
 * Reads the text of a .dockerignore: one pattern a line, as moby's `ignorefile.ReadAll`. Comments have their `#` at the
 * very start; a leading `/` means nothing.
 * @throws Error with Go's text when a line is too long for its scanner
 */
export function parseIgnoreRules(text: string): IgnoreRule[] {
  const rules: IgnoreRule[] = []
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (Buffer.byteLength(line) >= LONGEST_LINE) throw new Error('bufio.Scanner: token too long')
    if (line.startsWith('#')) continue
    const trimmed = trim(line)
    const bare = trimmed.startsWith('!') ? trim(trimmed.slice(1)) : trimmed
    if (trimmed === '') continue
    const pattern = (trimmed.startsWith('!') ? '!' : '') + relative(bare)
    rules.push({ pattern, text: trimmed, line: index + 1 })
  }
  return rules
}

/** The patterns of a .dockerignore. @throws Error with Go's text */
export function parseIgnoreFile(text: string): string[] {
  return parseIgnoreRules(text).map(({ pattern }) => pattern)
}

/**
 * The patterns with exceptions added that send .dockerignore and the Dockerfile even when they are excluded: the daemon
 * needs both. A Dockerfile from stdin is not in the directory.
 */
export function withBuildFiles(
  patterns: readonly string[],
  dockerfile: string,
  isDockerfileFromStdin: boolean,
): string[] {
  const kept = [...patterns]
  if (new IgnoreMatcher(kept).excludes('.dockerignore')) kept.push('!.dockerignore')
  if (!isDockerfileFromStdin && new IgnoreMatcher(kept).excludes(dockerfile)) kept.push(`!${dockerfile}`)
  return kept
}

/** Tells which paths of a build context the patterns leave out. Paths are relative, with `/`. */
export class IgnoreMatcher {
  readonly #patterns: readonly IgnorePattern[]

  /** @throws Error with Go's text for a malformed pattern */
  constructor(patterns: readonly string[]) {
    this.#patterns = patterns
      .map(trim)
      .filter((pattern) => pattern !== '')
      .map((pattern) => compilePattern(clean(pattern)))
  }

  /** In their order, cleaned. */
  get patterns(): readonly IgnorePattern[] {
    return this.#patterns
  }

  /** Whether the path, or a directory it is in, is left out. The last pattern that matches decides. */
  excludes(path: string): boolean {
    const parts = path.split('/')
    const paths = [path, ...parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))]
    let isExcluded = false
    for (const pattern of this.#patterns) {
      if (pattern.isException === isExcluded && paths.some((each) => pattern.matches(each))) isExcluded = !isExcluded
    }
    return isExcluded
  }

  /** The place of the pattern that decides on the path, the last one that matches it or a directory it is in; -1 for none. */
  decidingPattern(path: string): number {
    const parts = path.split('/')
    const paths = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
    return this.#patterns.findLastIndex((pattern) => paths.some((each) => pattern.matches(each)))
  }

  /**
   * The same while walking a tree, with what was found for the directory above; a pattern that matched the directory holds for
   * everything in it.
   */
  excludesIn(parent: PatternResults, path: string): { isExcluded: boolean; results: PatternResults } {
    let isExcluded = false
    const results = this.#patterns.map((pattern, index) => {
      const isMatch = parent[index] || (pattern.isException === isExcluded && pattern.matches(path))
      if (isMatch) isExcluded = !pattern.isException
      return isMatch
    })
    return { isExcluded, results }
  }

  /** Whether an excluded directory must be walked all the same, because an exception names something in it. */
  hasExceptionIn(directory: string): boolean {
    return this.#patterns.some(({ isException, text }) => isException && `${text}/`.startsWith(`${directory}/`))
  }
}

/** Go's `strings.TrimSpace`. */
function trim(text: string): string {
  return text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '')
}

/** Go's `filepath.Clean`. */
function clean(path: string): string {
  const normal = posix.normalize(path)
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal
}

function relative(pattern: string): string {
  if (pattern === '') return ''
  const cleaned = clean(pattern)
  return cleaned.length > 1 && cleaned.startsWith('/') ? cleaned.slice(1) : cleaned
}
