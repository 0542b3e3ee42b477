import { lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { posix } from 'node:path'
import { codeOf } from '../../../domain/errors.ts'
import { fromBytes, osPath } from '../../../domain/go/bytes.ts'
import { compileGlob, hasWildcards } from '../../../domain/go/glob.ts'

/**
 * Returns the paths that must be sent so that the given paths can be reached: the paths themselves, the symbolic links
 * above them, and the targets of those. Links do not leave the directory (fsutil's FollowLinks).
 * @param directory an absolute path
 * @returns undefined when the whole directory must be sent
 */
export function followPaths(directory: string, paths: readonly string[]): string[] | undefined {
  const found = new Set<string>()
  for (const path of paths) follow(directory, path, found)
  return withoutNested([...found])
}

/** Sorts the paths and removes those that are below another one; undefined when one is the directory itself. */
export function withoutNested(paths: readonly string[]): string[] | undefined {
  const result: string[] = []
  for (const path of [...paths].sort()) {
    if (path === '.') return undefined
    const last = result.at(-1)
    if (last === undefined || !path.startsWith(`${last}/`)) result.push(path)
  }
  return result
}

function follow(directory: string, path: string, found: Set<string>): void {
  let current = '.'
  for (let rest = path; ; ) {
    const slash = rest.indexOf('/')
    current = posix.join(current, slash < 0 ? rest : rest.slice(0, slash))
    rest = slash < 0 ? '' : rest.slice(slash + 1)
    const targets = linkTargets(directory, current)
    if ((rest === '' || targets) && found.has(current)) return
    if (targets) {
      found.add(current)
      for (const target of targets) follow(directory, posix.join(target, rest), found)
      return
    }
    if (rest === '') {
      found.add(current)
      return
    }
  }
}

/**
 * Returns the targets of the links that a name with wildcards matches, from the root; undefined when there are none.
 */
function linkTargets(directory: string, path: string): string[] | undefined {
  const name = posix.basename(path)
  if (!hasWildcards(name)) {
    const target = linkTarget(directory, path)
    return target === undefined ? undefined : [target]
  }
  const parent = posix.dirname(path)
  const matches = compileGlob(name)
  const names =
    ifPresent(() => readdirSync(osPath(posix.join(directory, parent)), { encoding: 'buffer' }).map(fromBytes)) ?? []
  const targets = names.filter(matches).flatMap((each) => linkTarget(directory, posix.join(parent, each)) ?? [])
  return targets.length > 0 ? targets : undefined
}

function linkTarget(directory: string, path: string): string | undefined {
  const full = posix.join(directory, path)
  if (!ifPresent(() => lstatSync(osPath(full)))?.isSymbolicLink()) return undefined
  const target = posix.normalize(fromBytes(readlinkSync(osPath(full), { encoding: 'buffer' })))
  return target.startsWith('/') ? target : posix.join('/', posix.dirname(path), target)
}

function ifPresent<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    throw error
  }
}
