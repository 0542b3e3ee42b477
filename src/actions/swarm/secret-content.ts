/** Reads the content of a new secret or config. */

import { readFileUpTo } from '../../cli/io/read-file.ts'
import { readStreamUpTo } from '../../cli/io/read-stream.ts'
import type { Input } from '../../cli/io/streams.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'

/** How much is read, in bytes: twice the swarm's limits, so that the daemon reports content that is too large. */
export const READ_LIMITS = { secret: 1_024_000, config: 2_048_000 } as const

/**
 * Reads the content from a file, or from stdin for `-`.
 * @throws ExitStatus 1 with docker's message if it cannot be read or is empty
 */
export async function readContent(
  kind: keyof typeof READ_LIMITS,
  typed: string,
  { stream }: Input,
): Promise<Uint8Array> {
  if (typed === '') throw new ExitStatus(1, `${kind} file is required`)
  const failure = `error reading from ${typed === '-' ? 'STDIN' : typed}`
  let content: Uint8Array
  try {
    content = typed === '-' ? await readStreamUpTo(stream, READ_LIMITS[kind]) : readFileUpTo(typed, READ_LIMITS[kind])
  } catch (error) {
    throw new ExitStatus(1, `${failure}: ${messageOf(error)}`)
  }
  if (content.length === 0) throw new ExitStatus(1, `${failure}: data is empty`)
  return content
}
