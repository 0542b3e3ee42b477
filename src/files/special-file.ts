import { statSync } from 'node:fs'
import { osPath } from '../domain/go/bytes.ts'

/**
 * Returns whether a path is, directly or through links, a device, a pipe or a socket. An output option that names one writes
 * into it. Such a file is never removed, renamed or replaced: root would destroy `/dev/null` for the whole machine.
 */
export function isSpecialFile(path: string): boolean {
  try {
    const stats = statSync(osPath(path), { throwIfNoEntry: false })
    return stats !== undefined && !stats.isFile() && !stats.isDirectory()
  } catch {
    // A path that cannot be examined cannot be written either, which the caller reports.
    return false
  }
}
