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

/** Records that describe the next entry rather than a file: of PAX, and GNU's long names. */
const PAX = 'x'
const PAX_GLOBAL = 'g'
const GNU_NAME = 'L'
const GNU_LINK_NAME = 'K'

/** A name longer than the longest path, or attributes of more than a file system holds, are made up. */
const MAX_DESCRIPTION = 1024 * 1024

/** An entry as an archive describes it. Nothing of it can be trusted. */
export interface ArchiveEntry {
  readonly name: BytePath
  /** `unknown` for what no reader needs to know, such as sparse files. */
  readonly type: (typeof TYPES)[keyof typeof TYPES] | 'unknown'
  readonly typeFlag: number
  /** Permissions with setuid, setgid and sticky bits. */
  readonly mode: number
  /** Bytes of content; 0 for anything but files. */
  readonly size: number
  /** Seconds since 1970, maybe with a fraction. */
  readonly mtime: number
  readonly linkName: BytePath
}

export interface ArchiveFile {
  readonly entry: ArchiveEntry
  /** What is left of its content, in pieces; it can be read until the next entry is asked for. */
  content(): AsyncGenerator<Buffer>
}

/**
 * The entries of an uncompressed tar archive as Go's `archive/tar` reads them: USTAR, PAX and GNU's long names.
 * @throws Error in Go's words: `archive/tar: invalid tar header`, `unexpected EOF`
 */
export async function* readTar(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ArchiveFile> {
  const reader = new BlockReader(bytes)
  try {
    let described: Description = {}
    for (;;) {
      const header = await readHeader(reader)
      if (header === undefined) break
      const typeFlag = String.fromCharCode(header[156] ?? 0)
      const size = numberAt(header, 124, 12)
      if (isDescription(typeFlag)) {
        described = { ...described, ...describe(typeFlag, await readDescription(reader, size)) }
        continue
      }
      const entry = entryOf(header, typeFlag, described)
      described = {}
      let left = entry.size
      const content = async function* () {
        while (left > 0) {
          const piece = await some(reader, left)
          left -= piece.length
          yield piece
        }
      }
      yield { entry, content }
      await skip(reader, left)
      // Where an archive ends without it, as those of `docker context export` do, nothing is missing.
      await reader.read(padding(entry.size))
    }
    // Whatever follows the end is read, or the daemon could not finish sending.
    while ((await reader.readSome(BLOCK * 128)).length > 0);
  } finally {
    await reader.close()
  }
}

/** The next header; nothing at the archive's end. */
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

/** What comes before an entry's header and goes over what is in it. */
interface Description {
  readonly name?: BytePath
  readonly linkName?: BytePath
  readonly size?: number
  readonly mtime?: number
}

async function readDescription(reader: BlockReader, size: number): Promise<Buffer> {
  if (size > MAX_DESCRIPTION) throw new Error('archive/tar: header field too long')
  const body = await reader.read(size + padding(size))
  if (body.length < size) throw new Error('unexpected EOF')
  return body.subarray(0, size)
}

function describe(typeFlag: string, body: Buffer): Description {
  if (typeFlag === PAX_GLOBAL) return {}
  if (typeFlag === PAX) return describeByPax(body)
  const text = stringAt(body, 0, body.length)
  return typeFlag === GNU_NAME ? { name: text } : { linkName: text }
}

/** Lines of `length key=value`; the length counts its own digits and the newline. */
function describeByPax(body: Buffer): Description {
  const found = new Map<string, string>()
  for (let at = 0; at < body.length; ) {
    const space = body.indexOf(' ', at)
    const length = space < 0 ? Number.NaN : Number(body.toString('latin1', at, space))
    const line = body.toString('latin1', space + 1, at + length - 1)
    const equals = line.indexOf('=')
    const isWhole = length > 0 && at + length <= body.length && body[at + length - 1] === 0x0a && equals > 0
    if (!isWhole) throw new Error('archive/tar: invalid tar header')
    found.set(line.slice(0, equals), line.slice(equals + 1))
    at += length
  }
  const text = (key: string) => found.get(key) || undefined
  const number = (key: string) => (text(key) === undefined ? undefined : paxNumber(text(key) ?? ''))
  const described = { name: text('path'), linkName: text('linkpath'), size: number('size'), mtime: number('mtime') }
  return Object.fromEntries(Object.entries(described).filter(([, value]) => value !== undefined))
}

function paxNumber(text: string): number {
  if (!/^-?\d+(\.\d*)?$/.test(text)) throw new Error('archive/tar: invalid tar header')
  return Number(text)
}

function entryOf(header: Buffer, typeFlag: string, described: Description): ArchiveEntry {
  const name = described.name ?? nameIn(header)
  const type = typeOf(typeFlag, name)
  const size = described.size ?? numberAt(header, 124, 12)
  if (size < 0 || !Number.isSafeInteger(size)) throw new Error('archive/tar: invalid tar header')
  return {
    name,
    type,
    typeFlag: typeFlag.charCodeAt(0),
    mode: numberAt(header, 100, 8) & 0o7777,
    size: type === 'file' || type === 'unknown' ? size : 0,
    mtime: described.mtime ?? numberAt(header, 136, 12),
    linkName: described.linkName ?? stringAt(header, 157, 100),
  }
}

/** USTAR may keep the beginning of a long name in a field of its own; GNU has other things there. */
function nameIn(header: Buffer): BytePath {
  const name = stringAt(header, 0, 100)
  const isUstar = header.toString('latin1', 257, 263) === 'ustar\0'
  const prefix = isUstar ? stringAt(header, 345, 155) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

function typeOf(typeFlag: string, name: BytePath): ArchiveEntry['type'] {
  // Before USTAR a directory was known by its name alone.
  if (typeFlag === '\0' && name.endsWith('/')) return 'directory'
  return isKnown(typeFlag) ? TYPES[typeFlag] : 'unknown'
}

function isKnown(typeFlag: string): typeFlag is keyof typeof TYPES {
  return typeFlag in TYPES
}

async function some(reader: BlockReader, most: number): Promise<Buffer> {
  const piece = await reader.readSome(most)
  if (piece.length === 0) throw new Error('unexpected EOF')
  return piece
}

async function skip(reader: BlockReader, count: number): Promise<void> {
  for (let left = count; left > 0; ) left -= (await some(reader, left)).length
}
