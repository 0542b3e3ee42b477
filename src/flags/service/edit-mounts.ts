import type { Mount } from '../../domain/container/mount.ts'

/**
 * The mounts with what is added and without what is removed, by their paths inside; sorted, so that what does not change
 * starts no update.
 * @throws Error with docker's reason
 */
export function editedMounts(current: readonly Mount[], added: readonly Mount[], removed: readonly string[]): Mount[] {
  const byTarget = new Map<string, Mount>()
  for (const mount of added) {
    if (byTarget.has(mount.Target)) throw new Error('duplicate mount target')
    byTarget.set(mount.Target, mount)
  }
  for (const mount of current) if (!byTarget.has(mount.Target)) byTarget.set(mount.Target, mount)
  return [...byTarget.values()].filter(({ Target }) => !removed.includes(Target)).sort(inOrder)
}

function inOrder(a: Mount, b: Mount): number {
  const { Source: left = '' } = a
  const { Source: right = '' } = b
  if (left !== right) return left < right ? -1 : 1
  return a.Target < b.Target ? -1 : 1
}
