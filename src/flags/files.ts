import { readFileSync } from 'node:fs'
import { codeOf, systemReason } from '../domain/errors.ts'

/** Reads a file that a flag names. @throws Error worded as Go's `os.Open` and `Read` word it */
export function readFileFlag(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    const verb = codeOf(error) === 'EISDIR' ? 'read' : 'open'
    throw new Error(`${verb} ${path}: ${systemReason(error)}`, { cause: error })
  }
}
