/** Inspects the source or destination of `docker cp` on this machine (docker/docker pkg/archive/copy.go). */
import { lstatSync, readlinkSync, type Stats, statSync } from 'node:fs'
import { codeOf, pathErrorText } from '../domain/errors.ts'
import { basePath, cleanPath, directoryPath, joinPath } from '../domain/go/path.ts'
import { goQuote } from '../domain/go/quote.ts'
import { type CopyEnd, rebasePath, splitPath } from './copy-path.ts'
import { resolveLinks } from './links.ts'

/**
 * Looks at what is to be copied: links on the way to it are followed, and the last one too where that is asked for.
 * @param path absolute
 * @throws Error in docker's words
 */
export function inspectLocalSource(path: string, followsLink: boolean): CopyEnd {
  const { path: resolved, rebaseName } = followsLink ? rebasePath(path, resolve(path)) : withoutLastLink(path)
  try {
    return { path: resolved, rebaseName, exists: true, isDirectory: lstatSync(resolved).isDirectory() }
  } catch (error) {
    throw new Error(pathErrorText('lstat', resolved, error), { cause: error })
  }
}

function withoutLastLink(path: string): { path: string; rebaseName: string } {
  const cut = path.lastIndexOf('/') + 1
  const name = path.slice(cut)
  const directory = resolve(path.slice(0, cut))
  const resolved = `${directory === '/' ? '' : directory}/${name}`
  const hasNewName = path.endsWith('/') && basePath(path) !== basePath(resolved)
  return { path: resolved, rebaseName: hasNewName ? basePath(path) : '' }
}

/** A slash behind a name says that it is a directory. */
function resolve(path: string): string {
  const resolved = resolveLinks(path)
  if (path.endsWith('/') && !lstatSync(resolved).isDirectory()) throw new Error('not a directory')
  return resolved
}

/** go-archive's own limit. */
const MAX_LINKS = 10

/**
 * Refuses what nothing can be copied to: a directory that is missing, a device.
 * @throws Error in docker's words
 */
export function checkOutputPath(path: string): void {
  const directory = directoryPath(cleanPath(path))
  if (directory !== '.' && looked(directory, statSync) === undefined) {
    throw new Error(`invalid output path: directory ${goQuote(directory)} does not exist`)
  }
  const stats = looked(path, statSync)
  if (stats?.isCharacterDevice() || stats?.isBlockDevice()) {
    throw new Error(`invalid output path: ${goQuote(path)} must be a directory or a regular file: got a device`)
  }
}

/**
 * Looks at where something is to be copied to; links are followed, also to what does not exist yet.
 * @param path absolute
 * @throws Error in docker's words
 */
export function inspectLocalDestination(path: string): CopyEnd {
  let target = path
  for (let links = 0; ; links++) {
    const stats = looked(target, lstatSync)
    if (stats === undefined) {
      checkParent(target)
      return { path: target, exists: false, isDirectory: false, rebaseName: '' }
    }
    if (!stats.isSymbolicLink()) return { path: target, exists: true, isDirectory: stats.isDirectory(), rebaseName: '' }
    if (links > MAX_LINKS) throw new Error(`too many symlinks in ${path}`)
    const link = readlinkSync(target)
    target = link.startsWith('/') ? link : joinPath(splitPath(target).directory, link)
  }
}

function checkParent(path: string): void {
  const { directory } = splitPath(path)
  let stats: Stats
  try {
    stats = statSync(directory)
  } catch (error) {
    throw new Error(pathErrorText('stat', directory, error), { cause: error })
  }
  if (!stats.isDirectory()) throw new Error('not a directory')
}

/** Nothing when there is nothing. @throws Error in Go's words for any other reason */
function looked(path: string, look: typeof statSync | typeof lstatSync): Stats | undefined {
  try {
    return look(path)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new Error(pathErrorText(look === statSync ? 'stat' : 'lstat', path, error), { cause: error })
  }
}
