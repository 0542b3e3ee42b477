import { inflateRawSync } from 'node:zlib'

export interface ZipFile {
  /** As the archive says; a directory's ends in `/`. Nothing of it can be trusted. */
  readonly name: string
  readonly content: Uint8Array
}

/** The records of a zip archive, by the bytes that they begin with. */
const LOCAL_FILE = 0x04034b50
const DIRECTORY_ENTRY = 0x02014b50
const DIRECTORY_END = 0x06054b50

const DIRECTORY_END_SIZE = 22
const MAX_COMMENT = 0xffff
const STORED = 0
const DEFLATED = 8

/** Whether bytes begin as a zip archive with a file in it does. */
export function isZip(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32LE(0) === LOCAL_FILE
}

/**
 * The files of a small zip archive that is in memory: neither split nor encrypted, and without zip64.
 * @param most how many bytes the content of one file may have
 * @throws Error in Go's words: `zip: not a valid zip file`
 */
export function readZip(bytes: Buffer, most: number): ZipFile[] {
  try {
    return entries(bytes).map(({ name, method, at, size }) => {
      const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
      if (bytes.readUInt32LE(at) !== LOCAL_FILE || start + size > bytes.length) throw new RangeError('cut off')
      return { name, content: inflated(bytes.subarray(start, start + size), method, most) }
    })
  } catch (error) {
    throw error instanceof RangeError && !isTooLarge(error) ? new Error('zip: not a valid zip file') : error
  }
}

interface DirectoryEntry {
  readonly name: string
  readonly method: number
  /** Where its header is, and how many bytes its content has in the archive. */
  readonly at: number
  readonly size: number
}

/** What the directory at the end of the archive lists. @throws RangeError when there is none */
function entries(bytes: Buffer): DirectoryEntry[] {
  const end = directoryEnd(bytes)
  const found: DirectoryEntry[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new RangeError('no entry')
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28)
    found.push({
      name: bytes.toString('utf8', at + 46, nameEnd),
      method: bytes.readUInt16LE(at + 10),
      at: bytes.readUInt32LE(at + 42),
      size: bytes.readUInt32LE(at + 20),
    })
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return found
}

/** A comment of any length may follow, so it is looked for from the end. */
function directoryEnd(bytes: Buffer): number {
  const last = bytes.length - DIRECTORY_END_SIZE
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_END) continue
    const commentEnd = at + DIRECTORY_END_SIZE + bytes.readUInt16LE(at + 20)
    if (commentEnd <= bytes.length) return at
  }
  throw new RangeError('no directory')
}

function inflated(content: Buffer, method: number, most: number): Uint8Array {
  if (method === STORED) return content
  if (method !== DEFLATED) throw new Error('zip: unsupported compression algorithm')
  return inflateRawSync(content, { maxOutputLength: most })
}

/** zlib's complaint about more output than was allowed is a RangeError, too. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}
