import { messageOf } from '../domain/errors.ts'

/** A failed system call as Go words it: `open /a/b: permission denied`. */
export function pathErrorText(operation: string, path: string, error: unknown): string {
  return `${operation} ${path}: ${systemErrorText(error)}`
}

/** The system's words in Node's `EACCES: permission denied, open '/a/b'`. */
function systemErrorText(error: unknown): string {
  const message = messageOf(error)
  return /^E[A-Z0-9]+: ([^,]+)/.exec(message)?.[1] ?? message
}
