import { lstatSync, readlinkSync, type Stats } from 'node:fs'
import { codeOf, pathErrorText } from '../domain/errors.ts'
import { fromBytes, osPath } from '../domain/go/bytes.ts'

/** The limit of Go's `filepath.EvalSymlinks`. */
const MAX_LINKS = 255

/**
 * Resolves all symbolic links in a path (Go's `filepath.EvalSymlinks`).
 * @throws Error with Go's message, which names the first missing part
 */
export function resolveLinks(path: string): string {
  return follow(path, '', (part) => {
    try {
      return lstatSync(osPath(part))
    } catch (error) {
      throw new Error(codeOf(error) === 'ENOTDIR' ? 'not a directory' : pathErrorText('lstat', part, error))
    }
  })
}

/**
 * Resolves all symbolic links in a path as if `scope` were the root of the file system, so that the result is inside of it.
 * Parts that do not exist are kept.
 * @param path relative to `scope`
 */
export function resolveLinksIn(scope: string, path: string): string {
  return follow(path, scope, (part) => lstatSync(osPath(part), { throwIfNoEntry: false }))
}

function follow(path: string, scope: string, stat: (part: string) => Stats | undefined): string {
  let resolved = scope
  let rest = splitParts(path)
  for (let links = 0; rest.length > 0; ) {
    const [part = '', ...others] = rest
    rest = others
    if (part === '..') {
      resolved = resolved === scope ? resolved : resolved.slice(0, resolved.lastIndexOf('/'))
      continue
    }
    const next = `${resolved}/${part}`
    const stats = stat(next)
    if (stats?.isSymbolicLink()) {
      links++
      if (links > MAX_LINKS) throw new Error('EvalSymlinks: too many links')
      const target = fromBytes(readlinkSync(osPath(next), { encoding: 'buffer' }))
      if (target.startsWith('/')) resolved = scope
      rest = [...splitParts(target), ...rest]
      continue
    }
    if (scope === '' && rest.length > 0 && !stats?.isDirectory()) throw new Error('not a directory')
    resolved = next
  }
  return resolved === '' ? '/' : resolved
}

function splitParts(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.')
}
