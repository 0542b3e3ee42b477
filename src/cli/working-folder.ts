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
