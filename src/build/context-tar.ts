import { closeSync, fstatSync, lstatSync, openSync, readFileSync, readlinkSync } from 'node:fs'
import { padding, TAR_END, type TarEntry, tarHeader } from '../archive/tar-header.ts'
import { Batch } from './batch.ts'
import { pathErrorText } from './go-error.ts'
import type { IgnoreMatcher } from './ignore.ts'
import { type BytePath, bytePath, type Found, shownPath, systemPath, walk } from './walk.ts'

/** A file that is not in the folder, added to the archive or put in the place of one that is. */
export interface AddedFile {
  readonly name: string
  /** @param present the content in the folder, where it has such a file */
  content(present: Buffer | undefined): Buffer
}

export interface ContextTarOptions {
  /** The context's folder, absolute. */
  readonly root: string
  readonly matcher: IgnoreMatcher
  readonly added?: readonly AddedFile[]
  /** Told, in docker's words, of what could not be archived; the archive goes on without it. */
  readonly warn: (message: string) => void
  /** Seconds since 1970, for added files. */
  readonly now: number
}

/**
 * The folder as a tar archive, as docker's classic builder sends it: all files belong to 0:0, times are whole seconds,
 * hard links stay links, sockets are left out. Files are read as the archive is consumed.
 * @throws Error when a file got shorter while it was read: its place in the archive cannot be filled
 */
export function* contextTar(options: ContextTarOptions): Generator<Buffer> {
  const batch = new Batch()
  const pending = new Map(options.added?.map((file) => [bytePath(file.name), file]))
  const lose = (path: BytePath, error: unknown) =>
    options.warn(cannotAdd(path, pathErrorText('lstat', shownPath(path), error)))
  const linkedPaths = new Map<string, BytePath>()

  for (const found of walk(options.root, options.matcher, lose)) {
    const replacement = pending.get(found.path)
    if (replacement !== undefined && found.stats.isFile()) {
      pending.delete(found.path)
      const content = replacement.content(readFileSync(systemPath(found.fullPath)))
      addContent(batch, { ...entryOf(found, found.path), size: content.length }, content)
    } else if (found.stats.isSocket()) {
      options.warn(cannotAdd(found.fullPath, 'archive/tar: sockets not supported'))
    } else {
      yield* addFound(batch, found, firstPathOf(found, linkedPaths), options.warn)
    }
    yield* batch.takeFull()
  }
  yield* batch.takeRest()
  yield* archiveEnd([...pending.values()], options.now)
}

/** The files that go behind all others, and the end of the archive. */
export function* archiveEnd(added: readonly AddedFile[], now: number): Generator<Buffer> {
  for (const [index, file] of added.entries()) {
    const content = file.content(undefined)
    yield tarHeader({ name: bytePath(file.name), type: 'file', mode: 0o600, size: content.length, mtime: now })
    yield content
    // docker does not end an archive that it added files to. Daemons do not mind, and the size it prints depends on it.
    if (index < added.length - 1) yield Buffer.alloc(padding(content.length))
  }
  if (added.length === 0) yield TAR_END
}

function addContent(batch: Batch, entry: TarEntry, content: Buffer): void {
  batch.add(tarHeader(entry))
  batch.add(content)
  batch.addZeros(padding(content.length))
}

/** The path under which the same file was archived before, or its own. */
function firstPathOf({ path, fullPath, stats }: Found, linkedPaths: Map<string, BytePath>): BytePath {
  if (stats.isDirectory() || stats.nlink < 2) return path
  // Asked again because inode numbers can be larger than a JavaScript number holds.
  const inode = String(lstatSync(systemPath(fullPath), { bigint: true }).ino)
  const first = linkedPaths.get(inode)
  if (first === undefined) linkedPaths.set(inode, path)
  return first ?? path
}

function* addFound(batch: Batch, found: Found, firstPath: BytePath, warn: (message: string) => void) {
  const opened = open(found, firstPath, warn)
  if (opened === undefined) return
  const { entry, fd } = opened
  batch.add(tarHeader(entry))
  if (fd === undefined) return
  try {
    for (let left = entry.size; left > 0; ) {
      const count = batch.addFrom(fd, left)
      if (count === 0) throw new Error(cannotAdd(found.fullPath, `archive/tar: missed writing ${left} bytes`))
      left -= count
      yield* batch.takeFull()
    }
    batch.addZeros(padding(entry.size))
    if (fstatSync(fd).size > entry.size) warn(cannotAdd(found.fullPath, 'archive/tar: write too long'))
  } finally {
    closeSync(fd)
  }
}

/** The entry and, where it has content, the open file; nothing when it is gone by now. */
function open(
  found: Found,
  firstPath: BytePath,
  warn: (message: string) => void,
): { entry: TarEntry; fd?: number } | undefined {
  try {
    const entry = entryOf(found, firstPath)
    const hasContent = entry.type === 'file' && entry.size > 0
    return hasContent ? { entry, fd: openSync(systemPath(found.fullPath), 'r') } : { entry }
  } catch (error) {
    const operation = found.stats.isSymbolicLink() ? 'readlink' : 'open'
    warn(cannotAdd(found.fullPath, pathErrorText(operation, shownPath(found.fullPath), error)))
    return undefined
  }
}

function entryOf({ path, fullPath, stats }: Found, firstPath: BytePath): TarEntry {
  const common = { name: path, mode: stats.mode & 0o7777, size: 0, mtime: Math.floor(stats.mtimeMs / 1000) }
  if (firstPath !== path) return { ...common, type: 'link', linkName: firstPath }
  if (stats.isDirectory()) return { ...common, name: `${path}/`, type: 'folder' }
  if (stats.isSymbolicLink()) {
    return { ...common, type: 'symlink', linkName: readlinkSync(systemPath(fullPath), { encoding: 'latin1' }) }
  }
  if (stats.isFIFO()) return { ...common, type: 'fifo' }
  if (stats.isFile()) return { ...common, type: 'file', size: stats.size }
  return { ...common, type: stats.isBlockDevice() ? 'block' : 'char', ...deviceNumbers(stats.rdev) }
}

/** Linux's split of a device number into its two halves. */
function deviceNumbers(device: number): { deviceMajor: number; deviceMinor: number } {
  const bits = BigInt(device)
  return {
    deviceMajor: Number(((bits >> 8n) & 0xfffn) | ((bits >> 32n) & 0xfffff000n)),
    deviceMinor: Number((bits & 0xffn) | ((bits >> 12n) & 0xffffff00n)),
  }
}

function cannotAdd(path: BytePath, reason: string): string {
  return `Can't add file ${shownPath(path)} to tar: ${reason}`
}
