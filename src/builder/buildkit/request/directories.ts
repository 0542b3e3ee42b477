import { lstatSync, realpathSync, statSync } from 'node:fs'
import { pathErrorText, systemReason } from '../../../domain/errors.ts'
import { fromBytes, osPath } from '../../../domain/go/bytes.ts'

/**
 * Returns the absolute path of a directory with all links resolved.
 * @param path the path as typed, which appears in messages
 * @throws Error with the text of BuildKit's file sync
 */
export function resolveDirectory(path: string): string {
  let resolved: string
  try {
    resolved = fromBytes(realpathSync.native(osPath(path), { encoding: 'buffer' }))
  } catch (error) {
    throw new Error(`resolve : ${pathErrorText('lstat', firstMissing(path), error)}`)
  }
  if (!statSync(osPath(resolved)).isDirectory()) throw new Error(`stat ${path}: not a directory`)
  return resolved
}

/** Returns the shortest prefix of the path that does not exist. */
function firstMissing(path: string): string {
  return listPrefixes(path).find((prefix) => !exists(prefix)) ?? path
}

/** Returns the prefixes of a path that end at one of its elements, the shortest first: `a`, `a/b`, `a/b/c`. */
export function listPrefixes(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/')).filter((prefix) => prefix !== '')
}

function exists(path: string): boolean {
  try {
    lstatSync(osPath(path))
    return true
  } catch (error) {
    return systemReason(error) === 'not a directory'
  }
}
