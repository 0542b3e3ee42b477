import { hasValidChecksum } from '../../archive/tar-fields.ts'
import { BLOCK } from '../../archive/tar-header.ts'

const PEEKED = 2 * BLOCK

/** The magic numbers of gzip, bzip2 and xz, which daemons unpack. */
const COMPRESSION_MAGIC = ['1f8b08', '425a68', 'fd377a585a00'].map((hex) => Buffer.from(hex, 'hex'))
/** The magic number of zstd, which buildx does not recognize. */
const ZSTD_MAGIC = Buffer.from('28b52ffd', 'hex')

/**
 * Returns whether the bytes are the beginning of a tar archive, compressed or not; docker takes anything else for a
 * Dockerfile. Archives without a magic number are recognized by their checksum.
 */
export function isArchive(head: Buffer): boolean {
  return head.subarray(0, ZSTD_MAGIC.length).equals(ZSTD_MAGIC) || isBuildKitArchive(head)
}

/** Like `isArchive`, for the formats that buildx recognizes. */
export function isBuildKitArchive(head: Buffer): boolean {
  return COMPRESSION_MAGIC.some((magic) => head.subarray(0, magic.length).equals(magic)) || hasValidChecksum(head)
}

/** A stream whose beginning has been read; `all` yields every byte from the start, once. */
export interface Peeked {
  readonly head: Buffer
  readonly all: AsyncIterable<Buffer>
  /** Releases the source, which need not have been read: an open stdin would keep the process alive. */
  close(): void
}

/** Reads as many bytes as it takes to tell an archive from a Dockerfile. */
export async function peek(source: AsyncIterable<Uint8Array>): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]()
  const chunks: Buffer[] = []
  for (let length = 0; length < PEEKED; ) {
    const next = await iterator.next()
    if (next.done) break
    chunks.push(asBuffer(next.value))
    length += next.value.length
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield* chunks
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield asBuffer(next.value)
  }
  const close = () => void iterator.return?.()
  return { head: Buffer.concat(chunks).subarray(0, PEEKED), all: all(), close }
}

/** Reads the whole source into one buffer. */
export async function readAll(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
