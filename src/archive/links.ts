import { lstatSync, readlinkSync, type Stats } from 'node:fs'
import { codeOf, pathErrorText } from '../domain/errors.ts'

const MAX_LINKS = 255

/**
 * The path with all links resolved, as Go's `filepath.EvalSymlinks`.
 * @throws Error with Go's text, which names the first part that is missing
 */
export function resolveLinks(path: string): string {
  return follow(path, '', (part) => {
    try {
      return lstatSync(part)
    } catch (error) {
      throw new Error(codeOf(error) === 'ENOTDIR' ? 'not a directory' : pathErrorText('lstat', part, error))
    }
  })
}

/**
 * The path with all links resolved as if `scope` were the root of the file system, so that it cannot leave it. What
 * does not exist is kept as it is.
 * @param path relative to `scope`
 */
export function resolveLinksIn(scope: string, path: string): string {
  return follow(path, scope, (part) => lstatSync(part, { throwIfNoEntry: false }))
}

function follow(path: string, scope: string, look: (part: string) => Stats | undefined): string {
  let done = scope
  let rest = partsOf(path)
  for (let links = 0; rest.length > 0; ) {
    const [part = '', ...others] = rest
    rest = others
    if (part === '..') {
      done = done === scope ? done : done.slice(0, done.lastIndexOf('/'))
      continue
    }
    const next = `${done}/${part}`
    const stats = look(next)
    if (stats?.isSymbolicLink()) {
      links++
      if (links > MAX_LINKS) throw new Error('EvalSymlinks: too many links')
      const target = readlinkSync(next)
      if (target.startsWith('/')) done = scope
      rest = [...partsOf(target), ...rest]
      continue
    }
    if (scope === '' && rest.length > 0 && !stats?.isDirectory()) throw new Error('not a directory')
    done = next
  }
  return done === '' ? '/' : done
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.')
}
