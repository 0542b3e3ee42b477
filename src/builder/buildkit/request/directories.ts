import { lstatSync, realpathSync, statSync } from 'node:fs'
import { pathErrorText, systemReason } from '../../../domain/errors.ts'

/**
 * The directory with all links resolved, absolute.
 * @param path as typed, for messages
 * @throws Error in the words of BuildKit's file sync
 */
export function resolveDirectory(path: string): string {
  let resolved: string
  try {
    resolved = realpathSync(path)
  } catch (error) {
    throw new Error(`resolve : ${pathErrorText('lstat', firstMissing(path), error)}`)
  }
  if (!statSync(resolved).isDirectory()) throw new Error(`stat ${path}: not a directory`)
  return resolved
}

/** The part of the path at which it ends to exist. */
function firstMissing(path: string): string {
  return prefixesOf(path).find((prefix) => !exists(prefix)) ?? path
}

/** The path as it was typed, up to each of its parts. */
export function prefixesOf(path: string): readonly string[] {
  const parts = path.split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/')).filter((prefix) => prefix !== '')
}

function exists(path: string): boolean {
  try {
    lstatSync(path)
    return true
  } catch (error) {
    return systemReason(error) === 'not a directory'
  }
}
