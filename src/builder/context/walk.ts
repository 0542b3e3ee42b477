import { accessSync, constants, lstatSync, readdirSync, type Stats } from 'node:fs'
import { type BytePath, bytePath, displayPath, systemPath } from '../../archive/byte-path.ts'
import { codeOf } from '../../domain/errors.ts'
import type { IgnoreMatcher, PatternResults } from './ignore.ts'

/** A file, directory, link, or any other entry of a build context. */
export interface ContextEntry {
  /** Relative to the context, with `/`. */
  readonly path: BytePath
  readonly fullPath: BytePath
  readonly stats: Stats
}

/**
 * Checks that everything that would be sent can be read, before anything is sent.
 * @throws Error with docker's text, such as `error checking context: no permission to read from '/a/b'`
 */
export function checkContext(root: string, matcher: IgnoreMatcher): void {
  try {
    checkEntry(bytePath(root), '', matcher)
  } catch (error) {
    throw codeOf(error) === undefined ? error : contextError(String(error))
  }
}

function checkEntry(fullPath: BytePath, path: BytePath, matcher: IgnoreMatcher): void {
  const stats = attempt(fullPath, () => lstatSync(systemPath(fullPath)))
  if (path !== '' && excludes(matcher, path)) return
  if (stats.isDirectory()) {
    for (const name of attempt(fullPath, () => readSortedNames(fullPath))) {
      checkEntry(`${fullPath}/${name}`, path === '' ? name : `${path}/${name}`, matcher)
    }
  } else if (!stats.isSymbolicLink() && !stats.isFIFO()) {
    checkReadable(fullPath)
  }
}

function excludes(matcher: IgnoreMatcher, path: BytePath): boolean {
  try {
    return matcher.excludes(displayPath(path))
  } catch (error) {
    throw contextError(error instanceof Error ? error.message : String(error))
  }
}

function attempt<T>(fullPath: BytePath, read: () => T): T {
  try {
    return read()
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EACCES' || code === 'EPERM') throw contextError(`can't stat '${displayPath(fullPath)}'`)
    if (code === 'ENOENT') {
      throw contextError(`file ('${displayPath(fullPath)}') not found or excluded by .dockerignore`)
    }
    throw error
  }
}

function checkReadable(fullPath: BytePath): void {
  try {
    accessSync(systemPath(fullPath), constants.R_OK)
  } catch (error) {
    if (codeOf(error) === 'EACCES') throw contextError(`no permission to read from '${displayPath(fullPath)}'`)
  }
}

function contextError(reason: string): Error {
  return new Error(`error checking context: ${reason}`)
}

/**
 * Yields every entry that the patterns do not exclude, a directory before its entries, in docker's order. Excluded
 * directories are not entered unless an exception may match something in them.
 * @param onVanished called for an entry that vanished after its directory was listed; docker continues without it
 */
export function* walk(
  root: string,
  matcher: IgnoreMatcher,
  onVanished: (fullPath: BytePath, error: unknown) => void,
): Generator<ContextEntry> {
  yield* walkDirectory({ fullPath: bytePath(root), prefix: '', results: [] }, matcher, onVanished)
}

interface Directory {
  fullPath: BytePath
  /** The path within the context, which ends with `/` unless it is empty. */
  prefix: BytePath
  results: PatternResults
}

function* walkDirectory(
  directory: Directory,
  matcher: IgnoreMatcher,
  onVanished: (fullPath: BytePath, error: unknown) => void,
): Generator<ContextEntry> {
  for (const name of readNames(directory.fullPath, onVanished)) {
    const fullPath = `${directory.fullPath}/${name}`
    const path = directory.prefix + name
    const { isExcluded, results } = matcher.excludesIn(directory.results, displayPath(path))
    const stats = readStats(fullPath, isExcluded, onVanished)
    if (stats === undefined) continue
    if (!isExcluded) yield { path, fullPath, stats }
    if (!stats.isDirectory()) continue
    if (isExcluded && !matcher.hasExceptionIn(displayPath(path))) continue
    yield* walkDirectory({ fullPath, prefix: `${path}/`, results }, matcher, onVanished)
  }
}

function readNames(fullPath: BytePath, onVanished: (fullPath: BytePath, error: unknown) => void): BytePath[] {
  try {
    return readSortedNames(fullPath)
  } catch (error) {
    onVanished(fullPath, error)
    return []
  }
}

function readStats(
  fullPath: BytePath,
  isExcluded: boolean,
  onVanished: (fullPath: BytePath, error: unknown) => void,
): Stats | undefined {
  try {
    return lstatSync(systemPath(fullPath))
  } catch (error) {
    if (!isExcluded) onVanished(fullPath, error)
    return undefined
  }
}

/** Returns the names in a directory, sorted by their bytes. */
function readSortedNames(fullPath: BytePath): BytePath[] {
  return readdirSync(systemPath(fullPath), { encoding: 'latin1' }).sort()
}
