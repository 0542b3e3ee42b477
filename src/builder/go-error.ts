import { codeOf, pathErrorText } from '../domain/errors.ts'

/** An error with Go's words for a failed system call; `cause` is the system's own. */
export function pathError(operation: string, path: string, error: unknown): Error {
  return new Error(pathErrorText(operation, path, error), { cause: error })
}

/** As `pathError`, for what is opened and written in one go. */
export function writeError(path: string, error: unknown): Error {
  const isWritten = error instanceof Error && 'syscall' in error && error.syscall === 'write'
  return pathError(isWritten ? 'write' : 'open', path, error)
}

/** Whether a disk that is full is what went wrong: docker's plugin has an exit code of its own for it. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && (codeOf(error) === 'ENOSPC' || isDiskFull(error.cause))
}
