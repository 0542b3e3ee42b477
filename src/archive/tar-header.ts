/** A file as described by a tar header. Times are whole seconds. */
export interface TarEntry {
  /** Relative, with one character per byte (`latin1`). The name of a directory ends in `/`. */
  readonly name: string
  readonly type: 'file' | 'link' | 'symlink' | 'char' | 'block' | 'directory' | 'fifo'
  /** The owner. @default 0 as docker sends for build contexts */
  readonly uid?: number
  readonly gid?: number
  /** Permissions, including the setuid, setgid and sticky bits. */
  readonly mode: number
  /** The size in bytes; 0 for anything but files. */
  readonly size: number
  /** Seconds since 1970. */
  readonly mtime: number
  /** The target of a link, with one character per byte. */
  readonly linkName?: string
  readonly deviceMajor?: number
  readonly deviceMinor?: number
}

/** The size of a tar block in bytes. */
export const BLOCK = 512

const NAME_SIZE = 100
const PREFIX_SIZE = 155
const PAX_TYPE_FLAG = 'x'
const TYPE_FLAG = { file: '0', link: '1', symlink: '2', char: '3', block: '4', directory: '5', fifo: '6' } as const

/**
 * Returns the header blocks of an entry, byte for byte as Go's `archive/tar` writes them: USTAR, preceded by a PAX record for
 * values that do not fit (long or non-ASCII names, files of at least 8 GiB, times before 1970). The bytes matter because
 * docker prints the size of a build context.
 */
export function tarHeader(entry: TarEntry): Buffer {
  const linkName = entry.linkName ?? ''
  const split = splitName(entry.name)
  const { uid = 0, gid = 0 } = entry
  const records: [key: string, value: string][] = []
  if (!isOctal(gid, 8)) records.push(['gid', String(gid)])
  if (linkName.length > NAME_SIZE || !isAscii(linkName)) records.push(['linkpath', linkName])
  if (!isOctal(entry.mtime, 12)) records.push(['mtime', String(entry.mtime)])
  if (!isAscii(entry.name) || (entry.name.length > NAME_SIZE && split.prefix === '')) records.push(['path', entry.name])
  if (!isOctal(entry.size, 12)) records.push(['size', String(entry.size)])
  if (!isOctal(uid, 8)) records.push(['uid', String(uid)])
  const header = {
    ...entry,
    typeFlag: TYPE_FLAG[entry.type],
    ...(records.length > 0 ? { name: toAscii(entry.name), linkName: toAscii(linkName), prefix: '' } : split),
  }
  if (records.length === 0) return headerBlock(header)
  return Buffer.concat([paxHeader(entry.name, records), headerBlock(header)])
}

/**
 * Returns the blocks of PAX records, which describe the entry after them.
 * @param name the name of that entry
 */
export function paxHeader(name: string, records: Iterable<readonly [key: string, value: string]>): Buffer {
  const body = Buffer.from([...records].map(([key, value]) => paxRecord(key, value)).join(''), 'latin1')
  const block = { name: paxName(name), typeFlag: PAX_TYPE_FLAG, mode: 0, size: body.length, mtime: 0, prefix: '' }
  return Buffer.concat([headerBlock(block), body, Buffer.alloc(padding(body.length))])
}

/** Returns the number of zero bytes that fill the last block of content of `size` bytes. */
export function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}

/** The two empty blocks that end an archive. */
export const TAR_END = Buffer.alloc(2 * BLOCK)

interface Block {
  name: string
  typeFlag: string
  mode: number
  uid?: number
  gid?: number
  size: number
  mtime: number
  prefix: string
  linkName?: string
  deviceMajor?: number
  deviceMinor?: number
}

function headerBlock(block: Block): Buffer {
  const bytes = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, size: number) =>
    bytes.write((isOctal(value, size) ? value : 0).toString(8).padStart(size - 1, '0'), at, 'latin1')
  writeText(bytes, block.name, 0)
  octal(block.mode, 100, 8)
  octal(block.uid ?? 0, 108, 8)
  octal(block.gid ?? 0, 116, 8)
  octal(block.size, 124, 12)
  octal(block.mtime, 136, 12)
  bytes.write(block.typeFlag, 156, 'latin1')
  writeText(bytes, block.linkName ?? '', 157)
  bytes.write('ustar\x0000', 257, 'latin1')
  if (block.typeFlag !== PAX_TYPE_FLAG) {
    octal(block.deviceMajor ?? 0, 329, 8)
    octal(block.deviceMinor ?? 0, 337, 8)
  }
  bytes.write(block.prefix, 345, PREFIX_SIZE, 'latin1')
  writeChecksum(bytes)
  return bytes
}

/** Writes the checksum of a header block. */
export function writeChecksum(header: Buffer): void {
  // The checksum is computed with spaces in its own field.
  header.fill(' ', 148, 156)
  let sum = 0
  for (const byte of header) sum += byte
  header.write(`${sum.toString(8).padStart(6, '0')}\x00 `, 148, 'latin1')
}

/** Writes a text field. Like Go, it does not truncate a name after a slash, which some readers take for a directory. */
function writeText(bytes: Buffer, text: string, at: number): void {
  bytes.write(text, at, NAME_SIZE, 'latin1')
  if (text.length <= NAME_SIZE || text[NAME_SIZE - 1] !== '/') return
  bytes[at + text.slice(0, NAME_SIZE - 1).replace(/\/+$/, '').length] = 0
}

/** Returns whether a number fits into an octal field of `size` bytes, including the NUL at its end. */
function isOctal(value: number, size: number): boolean {
  return value >= 0 && value < 8 ** (size - 1)
}

/** Splits a long name as USTAR demands: a prefix of up to 155 bytes, a `/`, and a name of up to 100 bytes. */
function splitName(name: string): { name: string; prefix: string } {
  const unsplit = { name, prefix: '' }
  if (name.length <= NAME_SIZE || !isAscii(name)) return unsplit
  const end = Math.min(name.length, PREFIX_SIZE + 1) - (name.length <= PREFIX_SIZE + 1 && name.endsWith('/') ? 1 : 0)
  const slash = name.slice(0, end).lastIndexOf('/')
  const rest = name.length - slash - 1
  if (slash <= 0 || rest > NAME_SIZE || rest === 0) return unsplit
  return { name: name.slice(slash + 1), prefix: name.slice(0, slash) }
}

/** Returns the record `length key=value\n`, whose length includes its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  let length = rest.length + 1
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length
  return `${length}${rest}`
}

function paxName(name: string): string {
  const slash = name.lastIndexOf('/')
  const file = name.slice(slash + 1)
  const path = `${name.slice(0, slash + 1)}PaxHeaders.0${file === '' ? '' : `/${file}`}`
  return toAscii(path).slice(0, NAME_SIZE).replace(/\/+$/, '')
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= 0x80) return false
  return true
}

function toAscii(text: string): string {
  return isAscii(text) ? text : [...text].filter((char) => char < '\x80').join('')
}
