import { statSync } from 'node:fs'
import { codeOf } from '../../domain/errors.ts'

/** Returns the working directory; empty if it has been deleted, since most commands do not need it. */
export function workingDirectory(): string {
  try {
    return process.cwd()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
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
    const [a, b] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })]
    return a.dev === b.dev && a.ino === b.ino
  } catch {
    return false
  }
}
