import { IgnoreMatcher, type PatternResults } from './ignore.ts'

/** Which patterns matched a directory. The decisions on its entries build on them. */
export interface DirectoryResults {
  readonly included: PatternResults
  readonly excluded: PatternResults
}

/** The results for the root directory. */
export const NO_RESULTS: DirectoryResults = { included: [], excluded: [] }

/** The decision on a path: it is sent; it is not sent, but its entries may be; or nothing of it is sent. */
export type Verdict = 'send' | 'enter' | 'prune'

const WILDCARDS = /[*[\]?^\\]/

/** Decides which paths of a directory BuildKit requests, like fsutil's filter with moby's patterns. */
export class PathFilter {
  readonly #includes: IgnoreMatcher | undefined
  readonly #excludes: IgnoreMatcher | undefined
  /**
   * The paths for which directories are entered that no pattern includes; undefined when every directory is entered.
   */
  readonly #includedStarts: readonly string[] | undefined
  /** The paths for which excluded directories are entered; undefined when every directory is entered. */
  readonly #exceptionStarts: readonly string[] | undefined

  /** @throws Error with Go's text for a malformed pattern */
  constructor(includes: readonly string[], excludes: readonly string[]) {
    this.#includes = createMatcher(includes, 'includepatterns')
    this.#excludes = createMatcher(excludes, 'excludepatterns')
    this.#includedStarts = pathsToEnter(this.#includes, false)
    this.#exceptionStarts = pathsToEnter(this.#excludes, true)
  }

  /** Decides on a path from the results of its directory. @param path relative, with `/` */
  judge(
    parent: DirectoryResults,
    path: string,
    isDirectory: boolean,
  ): { readonly verdict: Verdict; readonly results: DirectoryResults } {
    const include = matchPath(this.#includes, parent.included, path, 'includepatterns')
    const isWanted = include?.isExcluded ?? true
    const included = include?.results ?? []
    if (!isWanted && isDirectory && !mayHold(path, this.#includedStarts)) {
      return { verdict: 'prune', results: { included, excluded: [] } }
    }
    const exclude = matchPath(this.#excludes, parent.excluded, path, 'excludepatterns')
    const results = { included, excluded: exclude?.results ?? [] }
    if (exclude?.isExcluded && isDirectory && !mayHold(path, this.#exceptionStarts))
      return { verdict: 'prune', results }
    return { verdict: isWanted && !exclude?.isExcluded ? 'send' : 'enter', results }
  }
}

/** Creates a matcher. moby uses one kind for both lists: one excludes what it matches, the other includes it. */
function createMatcher(patterns: readonly string[], kind: string): IgnoreMatcher | undefined {
  if (patterns.length === 0) return undefined
  try {
    return new IgnoreMatcher(patterns)
  } catch (error) {
    throw new Error(`invalid ${kind}: [${patterns.join(' ')}]: ${error instanceof Error ? error.message : error}`)
  }
}

/** Matches a path. Some malformed patterns are only detected here. */
function matchPath(patterns: IgnoreMatcher | undefined, parent: PatternResults, path: string, kind: string) {
  try {
    return patterns?.excludesIn(parent, path)
  } catch (error) {
    throw new Error(`failed to match ${kind}: ${error instanceof Error ? error.message : error}`)
  }
}

function pathsToEnter(patterns: IgnoreMatcher | undefined, isException: boolean): readonly string[] | undefined {
  const texts = (patterns?.patterns ?? [])
    .filter((pattern) => pattern.isException === isException)
    .map(({ text }) => text.replace(/\/\*\*$/, '').replace(/\/\*$/, ''))
  return texts.some((text) => WILDCARDS.test(text)) ? undefined : texts
}

function mayHold(directory: string, paths: readonly string[] | undefined): boolean {
  return paths === undefined || paths.some((path) => `${path}/`.startsWith(`${directory}/`))
}
