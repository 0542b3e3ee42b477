import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Gives what root has written in another user's checkout to that user, who could not build or test there again otherwise.
 * @param root the directory of the checkout
 * @param names what may have been written, relative to `root`
 */
export function restoreOwner(root: string, names: readonly string[]): void {
  const { uid, gid } = statSync(root)
  if (process.getuid?.() !== 0 || uid === 0) return
  const written = names.map((name) => join(root, name)).filter((path) => existsSync(path))
  if (written.length > 0) execFileSync('chown', ['-R', '-h', `${uid}:${gid}`, ...written])
}
