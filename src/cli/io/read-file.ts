import { readFileSync } from 'node:fs'
import { codeOf, systemReason } from '../../domain/errors.ts'
import { osPath } from '../../domain/go/bytes.ts'

/**
 * Reads a file that was named on the command line.
 * @throws Error worded as Go's `os.ReadFile` words it: `open x: no such file or directory`, `read x: is a directory`
 */
export function readNamedFile(path: string): Uint8Array {
  try {
    return readFileSync(osPath(path))
  } catch (error) {
    // Go opens a directory without an error, and fails when it reads it.
    const operation = codeOf(error) === 'EISDIR' ? 'read' : 'open'
    throw new Error(`${operation} ${path}: ${systemReason(error)}`, { cause: error })
  }
}
