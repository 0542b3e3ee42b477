import { inflateRawSync } from 'node:zlib'

/** A file in a zip archive. */
export interface ZipFile {
  /** The name in the archive, which cannot be trusted. The name of a directory ends in `/`. */
  readonly name: string
  readonly content: Uint8Array
}

/** The signatures of the records of a zip archive (PKWARE APPNOTE.TXT section 4.3). */
const LOCAL_FILE = 0x04034b50
const DIRECTORY_ENTRY = 0x02014b50
const DIRECTORY_END = 0x06054b50

const DIRECTORY_END_SIZE = 22
const MAX_COMMENT = 0xffff
const STORED = 0
const DEFLATED = 8

/** Returns whether bytes are the beginning of a zip archive that contains a file. */
export function isZip(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readUInt32LE(0) === LOCAL_FILE
}

/**
 * Reads the files of a zip archive in memory. Split, encrypted and zip64 archives are not supported.
 * @param maxSize the largest size of all contents together in bytes: entries may share what they contain
 * @throws Error with Go's message: `zip: not a valid zip file`
 */
export function readZip(bytes: Buffer, maxSize: number): ZipFile[] {
  let left = maxSize
  try {
    return readDirectory(bytes).map(({ name, method, at, size }) => {
      const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
      if (bytes.readUInt32LE(at) !== LOCAL_FILE || start + size > bytes.length) throw new RangeError('cut off')
      const content = inflate(bytes.subarray(start, start + size), method, left)
      left = Math.max(1, left - content.length)
      return { name, content }
    })
  } catch (error) {
    throw error instanceof RangeError && !isTooLarge(error) ? new Error('zip: not a valid zip file') : error
  }
}

interface DirectoryEntry {
  readonly name: string
  readonly method: number
  /** The offset of its header in bytes. */
  readonly at: number
  /** The compressed size in bytes. */
  readonly size: number
}

/** Reads the directory at the end of the archive. @throws RangeError if there is none */
function readDirectory(bytes: Buffer): DirectoryEntry[] {
  const end = findDirectoryEnd(bytes)
  const entries: DirectoryEntry[] = []
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new RangeError('no entry')
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28)
    entries.push({
      name: bytes.toString('utf8', at + 46, nameEnd),
      method: bytes.readUInt16LE(at + 10),
      at: bytes.readUInt32LE(at + 42),
      size: bytes.readUInt32LE(at + 20),
    })
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

/** Returns the offset of the end record. A comment of any length may follow it, so the search starts at the end. */
function findDirectoryEnd(bytes: Buffer): number {
  const last = bytes.length - DIRECTORY_END_SIZE
  for (let at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
    if (bytes.readUInt32LE(at) !== DIRECTORY_END) continue
    const commentEnd = at + DIRECTORY_END_SIZE + bytes.readUInt16LE(at + 20)
    if (commentEnd <= bytes.length) return at
  }
  throw new RangeError('no directory')
}

function inflate(content: Buffer, method: number, maxSize: number): Uint8Array {
  if (method === STORED) return content
  if (method !== DEFLATED) throw new Error('zip: unsupported compression algorithm')
  return inflateRawSync(content, { maxOutputLength: maxSize })
}

/** Returns whether an error is zlib's for too much output. It is a RangeError too. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
}
