import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PIECE_SIZE = 64 * 1024

/**
 * Stores bytes in a temporary file and yields them when all have arrived. The file has no name by then, so nothing is left
 * behind when the process is killed.
 * @throws Error if the file cannot be written, for example because the disk is full
 */
export async function* spool(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  const fd = openUnnamed()
  try {
    for await (const chunk of bytes) {
      for (let rest = chunk; rest.length > 0; ) rest = rest.subarray(writeSync(fd, rest))
    }
    for (let position = 0; ; ) {
      const piece = Buffer.allocUnsafe(PIECE_SIZE)
      const count = readSync(fd, piece, 0, PIECE_SIZE, position)
      if (count === 0) return
      yield piece.subarray(0, count)
      position += count
    }
  } finally {
    closeSync(fd)
  }
}

/** Creates a file that only the user may read, and removes its name. */
function openUnnamed(): number {
  const directory = mkdtempSync(join(tmpdir(), 'tug-copy-'))
  try {
    return openSync(join(directory, 'archive'), 'wx+', 0o600)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
