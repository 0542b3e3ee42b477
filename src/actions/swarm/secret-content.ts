/** Reads the content of a new secret or config. */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Input } from '../../cli/io/streams.ts'
import { ExitStatus, messageOf, pathErrorText } from '../../domain/errors.ts'
import { osPath } from '../../domain/go/bytes.ts'

/** How much is read, in bytes: twice the swarm's limits, so that the daemon reports content that is too large. */
const READ_LIMITS = { secret: 1_024_000, config: 2_048_000 } as const

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
    content = typed === '-' ? await readStream(stream, READ_LIMITS[kind]) : readFile(typed, READ_LIMITS[kind])
  } catch (error) {
    throw new ExitStatus(1, `${failure}: ${messageOf(error)}`)
  }
  if (content.length === 0) throw new ExitStatus(1, `${failure}: data is empty`)
  return content
}

async function readStream(stream: NodeJS.ReadStream, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk)
    chunks.push(bytes)
    size += bytes.length
    if (size >= limit) break
  }
  return Buffer.concat(chunks).subarray(0, limit)
}

function readFile(path: string, limit: number): Uint8Array {
  const fd = withPathError('open', path, () => openSync(osPath(path), 'r'))
  try {
    // Only regular files have a size; pipes do not.
    const stat = fstatSync(fd)
    const size = stat.isFile() && stat.size > 0 ? stat.size + 1 : limit
    return withPathError('read', path, () => readUpTo(fd, Math.min(size, limit)))
  } finally {
    closeSync(fd)
  }
}

function readUpTo(fd: number, limit: number): Uint8Array {
  const bytes = Buffer.alloc(limit)
  let size = 0
  while (size < limit) {
    const count = readSync(fd, bytes, size, limit - size, null)
    if (count === 0) break
    size += count
  }
  return bytes.subarray(0, size)
}

/** Runs a file operation, and turns its error into Go's message with the path. */
function withPathError<T>(operation: string, path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Error(pathErrorText(operation, path, error), { cause: error })
  }
}
