import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { decodeUtf8, osPath } from '../domain/go/bytes.ts'
import { readWithBun } from '../files/bun-files.ts'

/** The largest accepted file of the configuration in bytes. Without a limit, a device such as /dev/zero has no end. */
const MAX_SIZE = 32 * 1024 * 1024
const PIECE = 64 * 1024

/**
 * Reads a file of the configuration as text.
 * @throws the error of the system call; Error when the file is too large
 */
export function readBoundedFile(path: string): string {
  return decodeUtf8(readBoundedBytes(path))
}

/**
 * Reads a file of the configuration.
 * @throws the error of the system call; Error when the file is too large
 */
export function readBoundedBytes(path: string): Uint8Array {
  const systemPath = osPath(path)
  return (typeof systemPath === 'string' ? readWithBun(systemPath, MAX_SIZE) : undefined) ?? readInPieces(systemPath)
}

function readInPieces(path: string | Buffer): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const pieces: Buffer[] = []
    let total = 0
    for (;;) {
      const piece = Buffer.allocUnsafe(Math.max(PIECE, Math.min(size, MAX_SIZE)))
      const length = readSync(file, piece)
      if (length === 0) return Buffer.concat(pieces)
      total += length
      if (total > MAX_SIZE) throw new Error(`the file is larger than ${MAX_SIZE} bytes`)
      pieces.push(piece.subarray(0, length))
    }
  } finally {
    closeSync(file)
  }
}
