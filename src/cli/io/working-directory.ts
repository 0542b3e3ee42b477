import { readlinkSync, statSync } from 'node:fs'
import { codeOf } from '../../domain/errors.ts'
import { fromBytes, osPath } from '../../domain/go/bytes.ts'

/** Returns the working directory; empty if it has been deleted, since most commands do not need it. */
export function workingDirectory(): string {
  try {
    const directory = process.cwd()
    return directory.includes('\ufffd') ? rawWorkingDirectory(directory) : directory
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  }
}

/** Returns the working directory with its bytes, which the runtime has replaced where they are not UTF-8. */
function rawWorkingDirectory(decoded: string): string {
  try {
    return fromBytes(readlinkSync('/proc/self/cwd', { encoding: 'buffer' }))
  } catch {
    return decoded
  }
}

/**
 * Returns the working directory as the shell has it in PWD, with its symbolic links, as Go's `os.Getwd` does; empty if
 * it has been deleted.
 */
export function logicalWorkingDirectory(env: Readonly<Record<string, string | undefined>>): string {
  const directory = workingDirectory()
  const pwd = env.PWD ?? ''
  return pwd.startsWith('/') && isSameFile(pwd, directory) ? pwd : directory
}

function isSameFile(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(osPath(one), { bigint: true }), statSync(osPath(other), { bigint: true })]
    return a.dev === b.dev && a.ino === b.ino
  } catch {
    return false
  }
}
