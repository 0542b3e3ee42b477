import { lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { posix } from 'node:path'
import { codeOf } from '../../../domain/errors.ts'
import { globTest, hasWildcards } from './glob.ts'

/**
 * The paths that must be sent for others to be reachable: themselves, the symbolic links on the way, and what these
 * point to, with links kept within the directory (fsutil's FollowLinks).
 * @param directory an absolute path
 * @returns undefined when the whole directory is wanted
 */
export function followPaths(directory: string, paths: readonly string[]): string[] | undefined {
  const found = new Set<string>()
  for (const path of paths) follow(directory, path, found)
  return withoutNested([...found])
}

/** Sorted, without paths that are in another one of them; undefined when one is the directory itself. */
export function withoutNested(paths: readonly string[]): string[] | undefined {
  const kept: string[] = []
  for (const path of [...paths].sort()) {
    if (path === '.') return undefined
    const last = kept.at(-1)
    if (last === undefined || !path.startsWith(`${last}/`)) kept.push(path)
  }
  return kept
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

/** Where the links of that name point, from the directory on; undefined when there is none. */
function linkTargets(directory: string, path: string): string[] | undefined {
  const name = posix.basename(path)
  if (!hasWildcards(name)) {
    const target = linkTarget(directory, path)
    return target === undefined ? undefined : [target]
  }
  const parent = posix.dirname(path)
  const matches = globTest(name)
  const names = present(() => readdirSync(posix.join(directory, parent))) ?? []
  const targets = names.filter(matches).flatMap((each) => linkTarget(directory, posix.join(parent, each)) ?? [])
  return targets.length > 0 ? targets : undefined
}

function linkTarget(directory: string, path: string): string | undefined {
  const full = posix.join(directory, path)
  if (!present(() => lstatSync(full))?.isSymbolicLink()) return undefined
  const target = posix.normalize(readlinkSync(full))
  return target.startsWith('/') ? target : posix.join('/', posix.dirname(path), target)
}

function present<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return undefined
    throw error
  }
}
