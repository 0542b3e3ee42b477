import { lstatSync, readlinkSync, type Stats, statSync } from 'node:fs'
import { codeOf, pathErrorText } from '../domain/errors.ts'
import { goQuote } from '../domain/go/quote.ts'
import { type CopyEnd, splitPath } from './copy-path.ts'
import { cleanPath, directoryPath, joinPath } from './go-path.ts'

/** go-archive's own limit. */
const MOST_LINKS = 10

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
export function localDestination(path: string): CopyEnd {
  let target = path
  for (let links = 0; ; links++) {
    const stats = looked(target, lstatSync)
    if (stats === undefined) {
      checkParent(target)
      return { path: target, exists: false, isDirectory: false, rebaseName: '' }
    }
    if (!stats.isSymbolicLink()) return { path: target, exists: true, isDirectory: stats.isDirectory(), rebaseName: '' }
    if (links > MOST_LINKS) throw new Error(`too many symlinks in ${path}`)
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
