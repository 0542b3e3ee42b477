/** Inspects the source or destination of `docker cp` on this machine (docker/docker pkg/archive/copy.go). */
import { lstatSync, readlinkSync, type Stats, statSync } from 'node:fs'
import { codeOf, pathErrorText } from '../domain/errors.ts'
import { fromBytes, osPath } from '../domain/go/bytes.ts'
import { basePath, cleanPath, directoryPath, joinPath } from '../domain/go/path.ts'
import { goQuote } from '../domain/go/quote.ts'
import { type CopyEnd, rebasePath, splitPath } from './copy-path.ts'
import { resolveLinks } from './links.ts'

/**
 * Inspects the source of a copy. Links in its parent directories are followed.
 * @param path absolute
 * @param followsLink whether the path itself is followed too if it is a link
 * @throws Error with docker's message
 */
export function inspectLocalSource(path: string, followsLink: boolean): CopyEnd {
  const { path: resolved, rebaseName } = followsLink ? rebasePath(path, resolve(path)) : resolveParent(path)
  try {
    return { path: resolved, rebaseName, exists: true, isDirectory: lstatSync(osPath(resolved)).isDirectory() }
  } catch (error) {
    throw new Error(pathErrorText('lstat', resolved, error), { cause: error })
  }
}

function resolveParent(path: string): { path: string; rebaseName: string } {
  const cut = path.lastIndexOf('/') + 1
  const name = path.slice(cut)
  const directory = resolve(path.slice(0, cut))
  // Below the root there are two slashes, which docker's error shows.
  const resolved = `${directory}/${name}`
  const hasNewName = path.endsWith('/') && basePath(path) !== basePath(resolved)
  return { path: resolved, rebaseName: hasNewName ? basePath(path) : '' }
}

/** Resolves links. @throws Error if the path ends in a slash but is not a directory */
function resolve(path: string): string {
  const resolved = resolveLinks(path)
  if (path.endsWith('/') && !lstatSync(osPath(resolved)).isDirectory()) throw new Error('not a directory')
  return resolved
}

/** go-archive's limit. */
const MAX_LINKS = 10

/**
 * Checks that a path can be the destination of a copy: its directory exists, and it is not a device.
 * @throws Error with docker's message
 */
export function checkOutputPath(path: string): void {
  const directory = directoryPath(cleanPath(path))
  if (directory !== '.' && statIfExists(directory, statSync) === undefined) {
    throw new Error(`invalid output path: directory ${goQuote(directory)} does not exist`)
  }
  const stats = statIfExists(path, statSync)
  if (stats?.isCharacterDevice() || stats?.isBlockDevice()) {
    throw new Error(`invalid output path: ${goQuote(path)} must be a directory or a regular file: got a device`)
  }
}

/**
 * Inspects the destination of a copy. Links are followed, even to a target that does not exist.
 * @param path absolute
 * @throws Error with docker's message
 */
export function inspectLocalDestination(path: string): CopyEnd {
  let target = path
  for (let links = 0; ; links++) {
    const stats = statIfExists(target, lstatSync)
    if (stats === undefined) {
      checkParent(target)
      return { path: target, exists: false, isDirectory: false, rebaseName: '' }
    }
    if (!stats.isSymbolicLink()) return { path: target, exists: true, isDirectory: stats.isDirectory(), rebaseName: '' }
    if (links > MAX_LINKS) throw new Error(`too many symlinks in ${path}`)
    const link = fromBytes(readlinkSync(osPath(target), { encoding: 'buffer' }))
    target = link.startsWith('/') ? link : joinPath(splitPath(target).directory, link)
  }
}

function checkParent(path: string): void {
  const { directory } = splitPath(path)
  let stats: Stats
  try {
    stats = statSync(osPath(directory))
  } catch (error) {
    throw new Error(pathErrorText('stat', directory, error), { cause: error })
  }
  if (!stats.isDirectory()) throw new Error('not a directory')
}

/** Returns undefined if the path does not exist. @throws Error with Go's message for any other failure */
function statIfExists(path: string, stat: typeof statSync | typeof lstatSync): Stats | undefined {
  try {
    return stat(osPath(path))
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new Error(pathErrorText(stat === statSync ? 'stat' : 'lstat', path, error), { cause: error })
  }
}
