import { BlockReader } from './block-reader.ts'
import type { BytePath } from './byte-path.ts'
import { hasValidChecksum, numberAt, stringAt } from './tar-fields.ts'
import { BLOCK, padding } from './tar-header.ts'

const TYPES = {
  '\0': 'file',
  '0': 'file',
  '1': 'link',
  '2': 'symlink',
  '3': 'char',
  '4': 'block',
  '5': 'directory',
  '6': 'fifo',
} as const

/** The types of records that describe the next entry: PAX records, and GNU's long names. */
const PAX = 'x'
const PAX_GLOBAL = 'g'
const GNU_NAME = 'L'
const GNU_LINK_NAME = 'K'

/** The largest such record in bytes. No valid path or attributes are larger. */
const MAX_DESCRIPTION = 1024 * 1024

/** An entry as described by an archive. None of it can be trusted. */
export interface ArchiveEntry {
  readonly name: BytePath
  /** `unknown` for unsupported types, such as sparse files. */
  readonly type: (typeof TYPES)[keyof typeof TYPES] | 'unknown'
  readonly typeFlag: number
  /** Permissions, including the setuid, setgid and sticky bits. */
  readonly mode: number
  /** The size in bytes; 0 for anything but files. */
  readonly size: number
  /** Seconds since 1970, possibly with a fraction. */
  readonly mtime: number
  readonly linkName: BytePath
}

/** An entry together with its content. */
export interface ArchiveFile {
  readonly entry: ArchiveEntry
  /** Yields the content that has not been read yet. It must be read before the next entry is requested. */
  content(): AsyncGenerator<Buffer>
  /** The block of the entry's header. */
  readonly header: Buffer
  /** The PAX records that describe the entry. Keys and values have one character per byte. */
  readonly paxRecords: PaxRecords
}

type PaxRecords = ReadonlyMap<string, string>

/**
 * Reads the entries of an uncompressed tar archive as Go's `archive/tar` does: USTAR, PAX and GNU's long names.
 * @throws Error with Go's message: `archive/tar: invalid tar header`, `unexpected EOF`
 */
export async function* readTar(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ArchiveFile> {
  const reader = new BlockReader(bytes)
  try {
    let description: Description = {}
    for (;;) {
      const header = await readHeader(reader)
      if (header === undefined) break
      const typeFlag = String.fromCharCode(header[156] ?? 0)
      const size = numberAt(header, 124, 12)
      if (isDescription(typeFlag)) {
        description = { ...description, ...parseDescription(typeFlag, await readDescription(reader, size)) }
        continue
      }
      const entry = parseEntry(header, typeFlag, description)
      const { paxRecords = new Map() } = description
      description = {}
      let left = entry.size
      const content = async function* () {
        while (left > 0) {
          const piece = await readSome(reader, left)
          left -= piece.length
          yield piece
        }
      }
      yield { entry, content, header, paxRecords }
      await skip(reader, left)
      // The padding may be missing at the end of an archive, as in those of `docker context export`.
      await reader.read(padding(entry.size))
    }
    // Bytes after the end are read and ignored, because the daemon could not finish sending otherwise.
    while ((await reader.readSome(BLOCK * 128)).length > 0);
  } finally {
    await reader.close()
  }
}

/** Reads the next header; returns undefined at the end of the archive. */
async function readHeader(reader: BlockReader): Promise<Buffer | undefined> {
  const header = await reader.read(BLOCK)
  if (header.length === 0 || isEmpty(header)) return undefined
  if (header.length < BLOCK) throw new Error('unexpected EOF')
  if (!hasValidChecksum(header)) throw new Error('archive/tar: invalid tar header')
  return header
}

function isEmpty(block: Buffer): boolean {
  return block.length === BLOCK && block.every((byte) => byte === 0)
}

function isDescription(typeFlag: string): boolean {
  return [PAX, PAX_GLOBAL, GNU_NAME, GNU_LINK_NAME].includes(typeFlag)
}

/** Values from the records before an entry, which override those of its header. */
interface Description {
  readonly name?: BytePath
  readonly linkName?: BytePath
  readonly size?: number
  readonly mtime?: number
  readonly paxRecords?: PaxRecords
}

async function readDescription(reader: BlockReader, size: number): Promise<Buffer> {
  if (size > MAX_DESCRIPTION) throw new Error('archive/tar: header field too long')
  const body = await reader.read(size + padding(size))
  if (body.length < size) throw new Error('unexpected EOF')
  return body.subarray(0, size)
}

function parseDescription(typeFlag: string, body: Buffer): Description {
  if (typeFlag === PAX_GLOBAL) return {}
  if (typeFlag === PAX) return describe(parsePaxRecords(body))
  const text = stringAt(body, 0, body.length)
  return typeFlag === GNU_NAME ? { name: text } : { linkName: text }
}

/** Parses lines of `length key=value`, whose length includes its own digits and the newline. */
function parsePaxRecords(body: Buffer): PaxRecords {
  const records = new Map<string, string>()
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(' ', at)
    const length = space < 0 ? Number.NaN : Number(body.toString('latin1', at, space))
    const line = body.toString('latin1', space + 1, at + length - 1)
    const equals = line.indexOf('=')
    const isComplete = length > 0 && at + length <= body.length && body[at + length - 1] === 0x0a && equals > 0
    if (!isComplete) throw new Error('archive/tar: invalid tar header')
    records.set(line.slice(0, equals), line.slice(equals + 1))
    at += length
  }
  return records
}

function describe(paxRecords: PaxRecords): Description {
  const text = (key: string) => paxRecords.get(key) || undefined
  const number = (key: string) => (text(key) === undefined ? undefined : parsePaxNumber(text(key) ?? ''))
  const [name, linkName, size, mtime] = [text('path'), text('linkpath'), number('size'), number('mtime')]
  const description = { name, linkName, size, mtime, paxRecords }
  return Object.fromEntries(Object.entries(description).filter(([, value]) => value !== undefined))
}

function parsePaxNumber(text: string): number {
  if (!/^-?\d+(\.\d*)?$/.test(text)) throw new Error('archive/tar: invalid tar header')
  return Number(text)
}

function parseEntry(header: Buffer, typeFlag: string, description: Description): ArchiveEntry {
  const name = description.name ?? parseName(header)
  const type = parseType(typeFlag, name)
  const size = description.size ?? numberAt(header, 124, 12)
  if (size < 0 || !Number.isSafeInteger(size)) throw new Error('archive/tar: invalid tar header')
  return {
    name,
    type,
    typeFlag: typeFlag.charCodeAt(0),
    mode: numberAt(header, 100, 8) & 0o7777,
    size: type === 'file' || type === 'unknown' ? size : 0,
    mtime: description.mtime ?? numberAt(header, 136, 12),
    linkName: description.linkName ?? stringAt(header, 157, 100),
  }
}

/** Returns the name of an entry. USTAR stores the beginning of a long name in the prefix field, which GNU uses otherwise. */
function parseName(header: Buffer): BytePath {
  const name = stringAt(header, 0, 100)
  const isUstar = header.toString('latin1', 257, 263) === 'ustar\0'
  const prefix = isUstar ? stringAt(header, 345, 155) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

function parseType(typeFlag: string, name: BytePath): ArchiveEntry['type'] {
  // Before USTAR, directories were only distinguished by their name.
  if (typeFlag === '\0' && name.endsWith('/')) return 'directory'
  return isKnown(typeFlag) ? TYPES[typeFlag] : 'unknown'
}

function isKnown(typeFlag: string): typeFlag is keyof typeof TYPES {
  return typeFlag in TYPES
}

/** Reads at least one and at most `max` bytes. @throws Error at the end of the archive */
async function readSome(reader: BlockReader, max: number): Promise<Buffer> {
  const piece = await reader.readSome(max)
  if (piece.length === 0) throw new Error('unexpected EOF')
  return piece
}

async function skip(reader: BlockReader, count: number): Promise<void> {
  for (let left = count; left > 0; ) left -= (await readSome(reader, left)).length
}
