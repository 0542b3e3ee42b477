import { systemReason } from '../domain/errors.ts'

/** A failed system call as Go words it: `open /a/b: permission denied`. */
export function pathErrorText(operation: string, path: string, error: unknown): string {
  const reason = systemReason(error)
  // Node puts its own code before the system's words and the call behind them.
  return `${operation} ${path}: ${/^E[A-Z0-9]+: ([^,]+)/.exec(reason)?.[1] ?? reason}`
}
