import { statSync } from 'node:fs'
import { codeOf } from '../domain/errors.ts'

/** The directory that tug was started in; empty when it has been deleted since, which most commands can do without. */
export function workingDirectory(): string {
  try {
    return process.cwd()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  }
}

/**
 * The directory that tug was started in as the shell calls it, links included, which Go's programs show; empty when it has
 * been deleted since.
 */
export function shownWorkingDirectory(env: Readonly<Record<string, string | undefined>>): string {
  const directory = workingDirectory()
  const shown = env.PWD ?? ''
  return shown.startsWith('/') && isSame(shown, directory) ? shown : directory
}

function isSame(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })]
    return a.dev === b.dev && a.ino === b.ino
  } catch {
    return false
  }
}
