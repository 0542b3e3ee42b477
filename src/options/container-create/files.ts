import { readFileSync } from 'node:fs'
import { codeOf } from '../../domain/errors.ts'

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  ENOTDIR: 'not a directory',
  ELOOP: 'too many levels of symbolic links',
  ENAMETOOLONG: 'file name too long',
}

/** Reads a file that a flag names. @throws Error worded as Go's `os.Open` and `Read` word it */
export function readNamedFile(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    const code = codeOf(error) ?? ''
    if (code === 'EISDIR') throw new Error(`read ${path}: is a directory`, { cause: error })
    throw new Error(`open ${path}: ${REASONS[code] ?? code}`, { cause: error })
  }
}
