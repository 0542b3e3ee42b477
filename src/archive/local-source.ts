import { lstatSync } from 'node:fs'
import { pathErrorText } from '../domain/errors.ts'
import { type CopyEnd, rebased } from './copy-path.ts'
import { basePath } from './go-path.ts'
import { resolveLinks } from './links.ts'

/**
 * Looks at what is to be copied: links on the way to it are followed, and the last one too where that is asked for.
 * @param path absolute
 * @throws Error in docker's words
 */
export function localSource(path: string, followsLink: boolean): CopyEnd {
  const { path: resolved, rebaseName } = followsLink ? rebased(path, resolve(path)) : withoutLastLink(path)
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
