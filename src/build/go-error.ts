import { systemReason } from '../domain/errors.ts'

/** A failed system call as Go words it: `open /a/b: permission denied`. */
export function pathErrorText(operation: string, path: string, error: unknown): string {
  return `${operation} ${path}: ${systemReason(error)}`
}
