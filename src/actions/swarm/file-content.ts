import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Input } from '../../cli/io/streams.ts'
import { ExitStatus, messageOf, pathErrorText } from '../../domain/errors.ts'

/** Twice what a swarm takes of each, in bytes: what is behind that need not be read. */
const MOST = { secret: 1_024_000, config: 2_048_000 } as const

/**
 * What a secret or a config is to hold: a file's content, or stdin's for `-`.
 * @throws ExitStatus 1 in docker's words where there is none
 */
export async function readContent(kind: keyof typeof MOST, typed: string, { stream }: Input): Promise<Uint8Array> {
  if (typed === '') throw new ExitStatus(1, `${kind} file is required`)
  const failure = `error reading from ${typed === '-' ? 'STDIN' : typed}`
  let content: Uint8Array
  try {
    content = typed === '-' ? await readStream(stream, MOST[kind]) : readFile(typed, MOST[kind])
  } catch (error) {
    throw new ExitStatus(1, `${failure}: ${messageOf(error)}`)
  }
  if (content.length === 0) throw new ExitStatus(1, `${failure}: data is empty`)
  return content
}

async function readStream(stream: NodeJS.ReadStream, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk)
    chunks.push(bytes)
    size += bytes.length
    if (size >= most) break
  }
  return Buffer.concat(chunks).subarray(0, most)
}

function readFile(path: string, most: number): Uint8Array {
  const fd = tried('open', path, () => openSync(path, 'r'))
  try {
    // What is no regular file, such as a pipe, does not know its size.
    const stat = fstatSync(fd)
    const known = stat.isFile() && stat.size > 0 ? stat.size + 1 : most
    return tried('read', path, () => readUpTo(fd, Math.min(known, most)))
  } finally {
    closeSync(fd)
  }
}

function readUpTo(fd: number, most: number): Uint8Array {
  const bytes = Buffer.alloc(most)
  let size = 0
  while (size < most) {
    const count = readSync(fd, bytes, size, most - size, null)
    if (count === 0) break
    size += count
  }
  return bytes.subarray(0, size)
}

function tried<T>(operation: string, path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new Error(pathErrorText(operation, path, error), { cause: error })
  }
}
