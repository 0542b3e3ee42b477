import type { SolveError } from '../buildkit/solve-request.ts'
import { sourceExcerpt } from './excerpt.ts'

const UNKNOWN = 2

/** gRPC's names of its codes, from 1 on. */
const NAMES = [
  'Canceled',
  'Unknown',
  'InvalidArgument',
  'DeadlineExceeded',
  'NotFound',
  'AlreadyExists',
  'PermissionDenied',
  'ResourceExhausted',
  'FailedPrecondition',
  'Aborted',
  'OutOfRange',
  'Unimplemented',
  'Internal',
  'Unavailable',
  'DataLoss',
  'Unauthenticated',
]

const EXIT_CODES: Readonly<Record<number, number>> = { 1: 130, 8: 102, 13: 100 }

/**
 * The last thing that docker says of a build that failed: the lines it failed at, and why.
 * A build that was interrupted failed with code 1 and `context canceled`.
 * @returns bytes for stderr, and the exit code
 */
export function failureText({ code, message, sources }: Pick<SolveError, 'code' | 'message' | 'sources'>): {
  text: Uint8Array
  exitCode: number
} {
  const kind = code === UNKNOWN ? '' : `${NAMES[code - 1] ?? `Code(${code})`}: `
  const reason = Buffer.from(`ERROR: failed to build: failed to solve: ${kind}${message}\n`)
  const excerpts = sources.map(({ file, ranges }) => sourceExcerpt(file, ranges))
  return { text: Buffer.concat([...excerpts, reason]), exitCode: EXIT_CODES[code] ?? 1 }
}
