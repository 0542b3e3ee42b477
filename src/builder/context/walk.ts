import { accessSync, constants, lstatSync, readdirSync, type Stats } from 'node:fs'
import { type BytePath, bytePath, displayPath, systemPath } from '../../archive/byte-path.ts'
import { codeOf } from '../../domain/errors.ts'
import type { IgnoreMatcher, PatternResults } from './ignore.ts'

/** A file, directory, link, or anything else in a build context. */
export interface Found {
  /** Relative to the context, with `/`. */
  readonly path: BytePath
  readonly fullPath: BytePath
  readonly stats: Stats
}

/**
 * Looks whether everything that would be sent can be read, before anything is sent.
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
  const stats = checked(fullPath, () => lstatSync(systemPath(fullPath)))
  if (path !== '' && excludes(matcher, path)) return
  if (stats.isDirectory()) {
    for (const name of checked(fullPath, () => namesIn(fullPath))) {
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

function checked<T>(fullPath: BytePath, read: () => T): T {
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
 * Everything in the directory that the patterns leave in, a directory before what it holds, in docker's order. Excluded
 * directories are not entered unless an exception names something in them.
 * @param onLost told of what vanished between being listed and being looked at; docker goes on without it
 */
export function* walk(
  root: string,
  matcher: IgnoreMatcher,
  onLost: (fullPath: BytePath, error: unknown) => void,
): Generator<Found> {
  yield* walkDirectory({ fullPath: bytePath(root), prefix: '', results: [] }, matcher, onLost)
}

interface Directory {
  fullPath: BytePath
  /** The path within the context, with a `/` at the end where it is not empty. */
  prefix: BytePath
  results: PatternResults
}

function* walkDirectory(
  directory: Directory,
  matcher: IgnoreMatcher,
  onLost: (fullPath: BytePath, error: unknown) => void,
): Generator<Found> {
  for (const name of listed(directory.fullPath, onLost)) {
    const fullPath = `${directory.fullPath}/${name}`
    const path = directory.prefix + name
    const { isExcluded, results } = matcher.excludesIn(directory.results, displayPath(path))
    const stats = looked(fullPath, isExcluded, onLost)
    if (stats === undefined) continue
    if (!isExcluded) yield { path, fullPath, stats }
    if (!stats.isDirectory()) continue
    if (isExcluded && !matcher.hasExceptionIn(displayPath(path))) continue
    yield* walkDirectory({ fullPath, prefix: `${path}/`, results }, matcher, onLost)
  }
}

function listed(fullPath: BytePath, onLost: (fullPath: BytePath, error: unknown) => void): BytePath[] {
  try {
    return namesIn(fullPath)
  } catch (error) {
    onLost(fullPath, error)
    return []
  }
}

function looked(
  fullPath: BytePath,
  isExcluded: boolean,
  onLost: (fullPath: BytePath, error: unknown) => void,
): Stats | undefined {
  try {
    return lstatSync(systemPath(fullPath))
  } catch (error) {
    if (!isExcluded) onLost(fullPath, error)
    return undefined
  }
}

/** The names in a directory, sorted by their bytes. */
function namesIn(fullPath: BytePath): BytePath[] {
  return readdirSync(systemPath(fullPath), { encoding: 'latin1' }).sort()
}
