import type { SolveError } from '../buildkit/solve-request.ts'
import { sourceExcerpt } from './excerpt.ts'

/** By gRPC's codes: cancelled, resources exhausted, internal. */
const EXIT_CODES: Readonly<Record<number, number>> = { 1: 130, 8: 102, 13: 100 }

/**
 * The last thing that docker says of a build that failed: the lines it failed at, and why.
 * @returns bytes for stderr, and the exit code
 */
export function failureText({ code, message, sources }: Pick<SolveError, 'code' | 'message' | 'sources'>): {
  text: Uint8Array
  exitCode: number
} {
  const excerpts = sources.map(({ file, ranges }) => sourceExcerpt(file, ranges))
  const reason = Buffer.from(`ERROR: failed to build: ${message}\n`)
  return { text: Buffer.concat([...excerpts, reason]), exitCode: EXIT_CODES[code] ?? 1 }
}
