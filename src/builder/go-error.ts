import { codeOf, pathErrorText } from '../domain/errors.ts'

/** Creates an error with Go's text for a failed system call. Its `cause` is the original error. */
export function pathError(operation: string, path: string, error: unknown): Error {
  return new Error(pathErrorText(operation, path, error), { cause: error })
}

/** Like `pathError`, for a call that opens and writes a file at once. */
export function writeError(path: string, error: unknown): Error {
  const isWritten = error instanceof Error && 'syscall' in error && error.syscall === 'write'
  return pathError(isWritten ? 'write' : 'open', path, error)
}

/** Returns whether a full disk caused the error. buildx has a separate exit code for that. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && (codeOf(error) === 'ENOSPC' || isDiskFull(error.cause))
}
