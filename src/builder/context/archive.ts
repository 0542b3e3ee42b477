import { checksumFits } from '../../archive/tar-fields.ts'
import { BLOCK } from '../../archive/tar-header.ts'

const PEEKED = 2 * BLOCK

/** gzip, bzip2, xz: what daemons unpack. */
const COMPRESSION_MAGIC = ['1f8b08', '425a68', 'fd377a585a00'].map((hex) => Buffer.from(hex, 'hex'))
/** zstd, which BuildKit's client does not know. */
const ZSTD_MAGIC = Buffer.from('28b52ffd', 'hex')

/**
 * Whether the bytes begin a tar archive, compressed or not; if not, docker takes them for a Dockerfile. Old archives are
 * known by their checksum alone.
 */
export function isArchive(head: Buffer): boolean {
  return head.subarray(0, ZSTD_MAGIC.length).equals(ZSTD_MAGIC) || isBuildKitArchive(head)
}

/** The same, as BuildKit's client sees it. */
export function isBuildKitArchive(head: Buffer): boolean {
  return COMPRESSION_MAGIC.some((magic) => head.subarray(0, magic.length).equals(magic)) || checksumFits(head)
}

/** Bytes whose beginning has been looked at; `all` still yields them from the start, once. */
export interface Peeked {
  readonly head: Buffer
  readonly all: AsyncIterable<Buffer>
  /** Lets go of the source, read or not: an open stdin would hold the process. */
  close(): void
}

/** Reads enough to tell an archive from a Dockerfile. */
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

/** Everything, at once. */
export async function readAll(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of source) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
