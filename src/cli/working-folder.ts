import { statSync } from 'node:fs'
import { codeOf } from '../domain/errors.ts'

/** The folder that tug was started in; empty when it has been deleted since, which most commands can do without. */
export function workingFolder(): string {
  try {
    return process.cwd()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ''
    throw error
  }
}

/**
 * The folder that tug was started in as the shell calls it, links included, which Go's programs show; empty when it has
 * been deleted since.
 */
export function shownWorkingFolder(env: Readonly<Record<string, string | undefined>>): string {
  const folder = workingFolder()
  const shown = env.PWD ?? ''
  return shown.startsWith('/') && isSame(shown, folder) ? shown : folder
}

function isSame(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(one, { bigint: true }), statSync(other, { bigint: true })]
    return a.dev === b.dev && a.ino === b.ino
  } catch {
    return false
  }
}
