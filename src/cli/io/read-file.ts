// Reads files up to a limit, because a device or a pipe may have no end.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { pathErrorText } from '../../domain/errors.ts'
import { osPath } from '../../domain/go/bytes.ts'

/** The largest accepted file of a flag such as `--env-file`, in bytes. */
const MAX_SIZE = 16 * 1024 * 1024

/**
 * Reads a file that was named on the command line.
 * @throws Error worded as Go's `os.ReadFile` words it: `open x: no such file or directory`, `read x: is a directory`
 */
export function readNamedFile(path: string): Uint8Array {
  const bytes = readFileUpTo(path, MAX_SIZE + 1)
  if (bytes.length > MAX_SIZE) throw new Error(`read ${path}: the file is larger than ${MAX_SIZE} bytes`)
  return bytes
}

/** Reads a file, or its first `limit` bytes. @throws Error worded as Go words it */
export function readFileUpTo(path: string, limit: number): Uint8Array {
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
