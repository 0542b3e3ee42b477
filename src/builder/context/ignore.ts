import { posix } from 'node:path'
import { trimSpace } from '../../domain/go/space.ts'
import { compilePattern, type IgnorePattern } from './ignore-pattern.ts'

const LONGEST_LINE = 64 * 1024

/** Which patterns matched a directory. The matches of its entries build on them. */
export type PatternResults = readonly boolean[]

/** A pattern of an ignore file with its line. */
export interface IgnoreRule {
  readonly pattern: string
  /** The text of the line, without the spaces around it. */
  readonly text: string
  /** The line number, from 1. */
  readonly line: number
}

/**
 * Parses a .dockerignore, which has one pattern per line, like moby's `ignorefile.ReadAll`. A comment begins with `#`
 * in the first column; a leading `/` of a pattern has no meaning.
 * @throws Error with Go's text when a line is too long for Go's scanner
 */
export function parseIgnoreRules(text: string): IgnoreRule[] {
  const rules: IgnoreRule[] = []
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (Buffer.byteLength(line) >= LONGEST_LINE) throw new Error('bufio.Scanner: token too long')
    if (line.startsWith('#')) continue
    const trimmed = trimSpace(line)
    const bare = trimmed.startsWith('!') ? trimSpace(trimmed.slice(1)) : trimmed
    if (trimmed === '') continue
    const pattern = (trimmed.startsWith('!') ? '!' : '') + toRelative(bare)
    rules.push({ pattern, text: trimmed, line: index + 1 })
  }
  return rules
}

/** Parses the patterns of a .dockerignore. @throws Error with Go's text */
export function parseIgnoreFile(text: string): string[] {
  return parseIgnoreRules(text).map(({ pattern }) => pattern)
}

/**
 * Adds exceptions to the patterns that send .dockerignore and the Dockerfile even when they are excluded, because the
 * daemon needs both. A Dockerfile from stdin is not in the directory.
 */
export function withBuildFiles(
  patterns: readonly string[],
  dockerfile: string,
  isDockerfileFromStdin: boolean,
): string[] {
  const result = [...patterns]
  if (new IgnoreMatcher(result).excludes('.dockerignore')) result.push('!.dockerignore')
  if (!isDockerfileFromStdin && new IgnoreMatcher(result).excludes(dockerfile)) result.push(`!${dockerfile}`)
  return result
}

/** Decides which paths of a build context the patterns exclude. Paths are relative, with `/`. */
export class IgnoreMatcher {
  readonly #patterns: readonly IgnorePattern[]

  /** @throws Error with Go's text for a malformed pattern */
  constructor(patterns: readonly string[]) {
    this.#patterns = patterns
      .map((line) => trimSpace(line))
      .filter((pattern) => pattern !== '')
      .map((pattern) => compilePattern(clean(pattern)))
  }

  /** The cleaned patterns, in their order. */
  get patterns(): readonly IgnorePattern[] {
    return this.#patterns
  }

  /** Returns whether the path, or a directory above it, is excluded. The last pattern that matches decides. */
  excludes(path: string): boolean {
    const parts = path.split('/')
    const paths = [path, ...parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'))]
    let isExcluded = false
    for (const pattern of this.#patterns) {
      if (pattern.isException === isExcluded && paths.some((each) => pattern.matches(each))) isExcluded = !isExcluded
    }
    return isExcluded
  }

  /**
   * Returns the index of the pattern that decides on the path: the last that matches it or a directory above it, or -1.
   */
  decidingPattern(path: string): number {
    const parts = path.split('/')
    const paths = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
    return this.#patterns.findLastIndex((pattern) => paths.some((each) => pattern.matches(each)))
  }

  /**
   * Like `excludes`, for a walk of the tree: it takes the results of the directory above, because a pattern that
   * matched a directory matches everything in it.
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

  /**
   * Returns whether an excluded directory must be walked nevertheless, because an exception may match something in it.
   */
  hasExceptionIn(directory: string): boolean {
    return this.#patterns.some(({ isException, text }) => isException && `${text}/`.startsWith(`${directory}/`))
  }
}

/** Go's `filepath.Clean`. */
function clean(path: string): string {
  const normal = posix.normalize(path)
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal
}

function toRelative(pattern: string): string {
  if (pattern === '') return ''
  const cleaned = clean(pattern)
  return cleaned.length > 1 && cleaned.startsWith('/') ? cleaned.slice(1) : cleaned
}
