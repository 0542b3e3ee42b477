import { closeSync, createReadStream, fstatSync, openSync, type ReadStream, readSync } from 'node:fs'
import { addAbortSignal, type Readable } from 'node:stream'
import { pathErrorText } from '../domain/errors.ts'
import { osPath } from '../domain/go/bytes.ts'

/** The size of the pieces that a file is read in, in bytes. */
const PIECE_SIZE = 256 * 1024

const STDIN = 0

/** An archive that is sent to the daemon. */
export interface ArchiveInput {
  /** The bytes of a piece may change once the next piece is requested. */
  readonly bytes: AsyncIterable<Uint8Array>
  /** Ends reading, also while a piece is awaited. */
  close(): void
}

/** Opens a file whose bytes are kept. @throws Error with Go's message if it cannot be read */
export function openArchive(path: string): ReadStream {
  return createReadStream(osPath(path), { fd: open(path) })
}

/**
 * Opens a file that is sent to the daemon.
 * @param signal ends reading from a pipe or a device
 * @throws Error with Go's message if it cannot be read
 */
export function openArchiveFile(path: string, signal: AbortSignal): ArchiveInput {
  const fd = open(path)
  if (fstatSync(fd).isFile()) return new RegularFile(fd)
  return streamInput(createReadStream(osPath(path), { fd }), signal)
}

/** Returns the archive on stdin. @param open returns stdin as a stream, which a regular file is read without */
export function archiveOnStdin(open: () => Readable, signal: AbortSignal): ArchiveInput {
  return isRegularFile(STDIN) ? new RegularFile(STDIN) : streamInput(open(), signal)
}

function streamInput(stream: Readable, signal: AbortSignal): ArchiveInput {
  return { bytes: addAbortSignal(signal, stream), close: () => stream.destroy() }
}

/** A regular file, read piece by piece into one buffer. A stream would need four times the processor time. */
class RegularFile implements ArchiveInput {
  readonly #fd: number
  #isClosed = false

  constructor(fd: number) {
    this.#fd = fd
  }

  readonly bytes: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => this.#pieces() }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    if (this.#fd !== STDIN) closeSync(this.#fd)
  }

  async *#pieces(): AsyncGenerator<Uint8Array> {
    const piece = Buffer.allocUnsafe(PIECE_SIZE)
    while (!this.#isClosed) {
      const count = readSync(this.#fd, piece, 0, PIECE_SIZE, null)
      if (count === 0) return
      yield piece.subarray(0, count)
    }
  }
}

function isRegularFile(fd: number): boolean {
  try {
    return fstatSync(fd).isFile()
  } catch {
    return false
  }
}

function open(path: string): number {
  const fd = openForReading(path)
  if (!fstatSync(fd).isDirectory()) return fd
  closeSync(fd)
  throw new Error(`read ${path}: is a directory`)
}

function openForReading(path: string): number {
  try {
    return openSync(osPath(path), 'r')
  } catch (error) {
    throw new Error(pathErrorText('open', path, error), { cause: error })
  }
}
