import { lstatSync, readdirSync } from 'node:fs'
import { IgnoreMatcher, type IgnoreRule, type PatternResults, withBuildFiles } from './ignore.ts'
import { NO_RESULTS, PathFilter, type Verdict } from './path-filter.ts'

/** The files of a build context, largest first. */
export interface ContextList {
  readonly sent: readonly ListedFile[]
  readonly excluded: readonly ExcludedPath[]
}

export interface ListedFile {
  /** Relative to the context, with `/`. */
  readonly path: string
  /** Bytes; 0 for anything but a regular file. */
  readonly size: number
}

/** An excluded file, or an excluded directory with everything in it. */
export interface ExcludedPath extends ListedFile {
  readonly isDirectory: boolean
  /** The rule that excludes it. */
  readonly rule: IgnoreRule
}

export interface ListOptions {
  /** Absolute. */
  readonly root: string
  readonly rules: readonly IgnoreRule[]
  readonly builder: 'buildkit' | 'classic'
  /** The Dockerfile within the context, which the classic builder always sends; `-` when it is outside of it. */
  readonly dockerfile: string
}

/**
 * Lists the files of a directory that a build may send, and those that its ignore file excludes. Unreadable ones are
 * skipped.
 * @throws Error with Go's text for a malformed pattern
 */
export function listContext(options: ListOptions): ContextList {
  const { root, rules } = options
  const judge = createJudge(options)
  const matcher = new IgnoreMatcher(rules.map(({ pattern }) => pattern))
  const sent: ListedFile[] = []
  const excluded: ExcludedPath[] = []
  const visit = (prefix: string, judgeEntry: Judge) => {
    for (const name of readNames(`${root}/${prefix}`)) {
      const path = prefix + name
      const stats = lstatSync(`${root}/${path}`, { throwIfNoEntry: false })
      if (!stats || stats.isSocket()) continue
      const isDirectory = stats.isDirectory()
      const { verdict, judgeInside } = judgeEntry(path, isDirectory)
      if (verdict === 'send' && !isDirectory) sent.push({ path, size: stats.isFile() ? stats.size : 0 })
      if (isDirectory && verdict !== 'prune') visit(`${path}/`, judgeInside)
      const rule = verdict === 'send' ? undefined : rules[matcher.decidingPattern(path)]
      if (rule && (verdict === 'prune' || !isDirectory)) {
        excluded.push({ path, isDirectory, rule, size: isDirectory ? measureDirectory(`${root}/${path}`) : stats.size })
      }
    }
  }
  visit('', judge)
  return { sent: sent.sort(compareSizes), excluded: excluded.sort(compareSizes) }
}

/** Decides on a path, and returns the function that decides on its entries. */
type Judge = (path: string, isDirectory: boolean) => { readonly verdict: Verdict; readonly judgeInside: Judge }

function createJudge({ rules, builder, dockerfile }: ListOptions): Judge {
  const patterns = rules.map(({ pattern }) => pattern)
  if (builder === 'buildkit') {
    const filter = new PathFilter([], patterns)
    const judgeWith =
      (parent: typeof NO_RESULTS): Judge =>
      (path, isDirectory) => {
        const { verdict, results } = filter.judge(parent, path, isDirectory)
        return { verdict, judgeInside: judgeWith(results) }
      }
    return judgeWith(NO_RESULTS)
  }
  const matcher = new IgnoreMatcher(withBuildFiles(patterns, dockerfile, dockerfile === '-'))
  const judgeWith =
    (parent: PatternResults): Judge =>
    (path, isDirectory) => {
      const { isExcluded, results } = matcher.excludesIn(parent, path)
      const isEntered = isDirectory && matcher.hasExceptionIn(path)
      return { verdict: !isExcluded ? 'send' : isEntered ? 'enter' : 'prune', judgeInside: judgeWith(results) }
    }
  return judgeWith([])
}

function compareSizes(a: ListedFile, b: ListedFile): number {
  return b.size - a.size || (a.path < b.path ? -1 : 1)
}

function measureDirectory(directory: string): number {
  let size = 0
  for (const name of readNames(directory)) {
    const stats = lstatSync(`${directory}/${name}`, { throwIfNoEntry: false })
    if (stats?.isDirectory()) size += measureDirectory(`${directory}/${name}`)
    else if (stats?.isFile()) size += stats.size
  }
  return size
}

function readNames(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}
