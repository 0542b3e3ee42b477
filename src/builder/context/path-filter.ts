import { IgnoreMatcher, type PatternResults } from './ignore.ts'

/** What the patterns said of a directory, for its entries to go on from. */
export interface DirectoryResults {
  readonly included: PatternResults
  readonly excluded: PatternResults
}

/** Before anything was looked at. */
export const NO_RESULTS: DirectoryResults = { included: [], excluded: [] }

/** What becomes of a path: it is sent; it is not, but what is in it may be; or all of it stays out. */
export type Verdict = 'send' | 'enter' | 'prune'

const WILDCARDS = /[*[\]?^\\]/

/** Which paths of a directory BuildKit wants, as fsutil's filter decides it with moby's patterns. */
export class PathFilter {
  readonly #includes: IgnoreMatcher | undefined
  readonly #excludes: IgnoreMatcher | undefined
  /** Directories that are worth entering although nothing includes them; undefined where any may be. */
  readonly #includedStarts: readonly string[] | undefined
  /** Directories that are worth entering although they are excluded; undefined where any may be. */
  readonly #exceptionStarts: readonly string[] | undefined

  /** @throws Error with Go's text for a malformed pattern */
  constructor(includes: readonly string[], excludes: readonly string[]) {
    this.#includes = matcher(includes, 'includepatterns')
    this.#excludes = matcher(excludes, 'excludepatterns')
    this.#includedStarts = starts(this.#includes, false)
    this.#exceptionStarts = starts(this.#excludes, true)
  }

  /** @param path relative, with `/` */
  judge(
    parent: DirectoryResults,
    path: string,
    isDirectory: boolean,
  ): { readonly verdict: Verdict; readonly results: DirectoryResults } {
    const include = matched(this.#includes, parent.included, path, 'includepatterns')
    const isWanted = include?.isExcluded ?? true
    const included = include?.results ?? []
    if (!isWanted && isDirectory && !mayHold(path, this.#includedStarts)) {
      return { verdict: 'prune', results: { included, excluded: [] } }
    }
    const exclude = matched(this.#excludes, parent.excluded, path, 'excludepatterns')
    const results = { included, excluded: exclude?.results ?? [] }
    if (exclude?.isExcluded && isDirectory && !mayHold(path, this.#exceptionStarts))
      return { verdict: 'prune', results }
    return { verdict: isWanted && !exclude?.isExcluded ? 'send' : 'enter', results }
  }
}

/** moby has one matcher for both: what it matches is left out by the one, taken in by the other. */
function matcher(patterns: readonly string[], kind: string): IgnoreMatcher | undefined {
  if (patterns.length === 0) return undefined
  try {
    return new IgnoreMatcher(patterns)
  } catch (error) {
    throw new Error(`invalid ${kind}: [${patterns.join(' ')}]: ${error instanceof Error ? error.message : error}`)
  }
}

/** Some patterns prove to be malformed only when they are tried. */
function matched(patterns: IgnoreMatcher | undefined, parent: PatternResults, path: string, kind: string) {
  try {
    return patterns?.excludesIn(parent, path)
  } catch (error) {
    throw new Error(`failed to match ${kind}: ${error instanceof Error ? error.message : error}`)
  }
}

function starts(patterns: IgnoreMatcher | undefined, isException: boolean): readonly string[] | undefined {
  const texts = (patterns?.patterns ?? [])
    .filter((pattern) => pattern.isException === isException)
    .map(({ text }) => text.replace(/\/\*\*$/, '').replace(/\/\*$/, ''))
  return texts.some((text) => WILDCARDS.test(text)) ? undefined : texts
}

function mayHold(directory: string, starts: readonly string[] | undefined): boolean {
  return starts === undefined || starts.some((start) => `${start}/`.startsWith(`${directory}/`))
}
