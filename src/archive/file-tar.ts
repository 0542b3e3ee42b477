import { closeSync, fstatSync, lstatSync, openSync, readlinkSync, type Stats } from 'node:fs'
import { pathErrorText } from '../domain/errors.ts'
import { Batch } from './batch.ts'
import { type BytePath, displayPath, systemPath } from './byte-path.ts'
import { padding, type TarEntry, tarHeader } from './tar-header.ts'

/** A file to be archived. */
export interface ArchivedFile {
  /** Its name in the archive. The `/` at the end of a directory's name is added if it is missing. */
  readonly path: BytePath
  readonly fullPath: BytePath
  readonly stats: Stats
}

export interface FileTarOptions {
  /** Whether the owners of files are archived. Otherwise the owner of every file is 0:0. */
  readonly keepsOwners: boolean
  /** Reports a file that could not be archived, with docker's message. The archive continues without it. */
  readonly warn: (message: string) => void
}

/**
 * Writes local files to a tar archive as docker does: times are whole seconds, hard links stay links, and sockets are left
 * out. Files are read while the archive is consumed.
 */
export class FileTar {
  readonly #options: FileTarOptions
  readonly #batch = new Batch()
  readonly #linkedPaths = new Map<string, BytePath>()
  #unreadableCount = 0

  constructor(options: FileTarOptions) {
    this.#options = options
  }

  /** The number of files that could not be opened. */
  get unreadableCount(): number {
    return this.#unreadableCount
  }

  /**
   * Adds a file and yields the chunks that are full.
   * @throws Error if the file became shorter while it was read, because its header already states the size
   */
  *add(file: ArchivedFile): Generator<Buffer> {
    if (file.stats.isSocket()) {
      this.#options.warn(describeAddError(file.fullPath, 'archive/tar: sockets not supported'))
    } else {
      yield* this.#addWithContent(file)
    }
    yield* this.#batch.takeFull()
  }

  /** Adds a file with replaced content. */
  *addReplaced(file: ArchivedFile, content: Buffer): Generator<Buffer> {
    this.#batch.add(tarHeader({ ...this.#entryOf(file, file.path), size: content.length }))
    this.#batch.add(content)
    this.#batch.addZeros(padding(content.length))
    yield* this.#batch.takeFull()
  }

  /** Returns the bytes that are left, without the end of the archive. */
  rest(): readonly Buffer[] {
    return this.#batch.takeRest()
  }

  *#addWithContent(file: ArchivedFile): Generator<Buffer> {
    const opened = this.#open(file, this.#firstPathOf(file))
    if (opened === undefined) return
    const { entry, fd } = opened
    this.#batch.add(tarHeader(entry))
    if (fd === undefined) return
    try {
      for (let left = entry.size; left > 0; ) {
        const count = this.#batch.addFrom(fd, left)
        if (count === 0) throw new Error(describeAddError(file.fullPath, `archive/tar: missed writing ${left} bytes`))
        left -= count
        yield* this.#batch.takeFull()
      }
      this.#batch.addZeros(padding(entry.size))
      if (fstatSync(fd).size > entry.size) {
        this.#options.warn(describeAddError(file.fullPath, 'archive/tar: write too long'))
      }
    } finally {
      closeSync(fd)
    }
  }

  /** Returns the path under which the same file was archived first, for hard links. */
  #firstPathOf({ path, fullPath, stats }: ArchivedFile): BytePath {
    if (stats.isDirectory() || stats.nlink < 2) return path
    // Inode numbers may exceed the integers that a JavaScript number represents exactly.
    const inode = String(lstatSync(systemPath(fullPath), { bigint: true }).ino)
    const first = this.#linkedPaths.get(inode)
    if (first === undefined) this.#linkedPaths.set(inode, path)
    return first ?? path
  }

  /** Returns the entry and, if it has content, the open file; undefined if it cannot be opened. */
  #open(file: ArchivedFile, firstPath: BytePath): { entry: TarEntry; fd?: number } | undefined {
    try {
      const entry = this.#entryOf(file, firstPath)
      const hasContent = entry.type === 'file' && entry.size > 0
      return hasContent ? { entry, fd: openSync(systemPath(file.fullPath), 'r') } : { entry }
    } catch (error) {
      this.#unreadableCount++
      const operation = file.stats.isSymbolicLink() ? 'readlink' : 'open'
      this.#options.warn(describeAddError(file.fullPath, pathErrorText(operation, displayPath(file.fullPath), error)))
      return undefined
    }
  }

  #entryOf({ path, fullPath, stats }: ArchivedFile, firstPath: BytePath): TarEntry {
    const common = {
      name: path,
      mode: stats.mode & 0o7777,
      size: 0,
      mtime: Math.floor(stats.mtimeMs / 1000),
      ...(this.#options.keepsOwners ? { uid: stats.uid, gid: stats.gid } : {}),
    }
    if (firstPath !== path) return { ...common, type: 'link', linkName: firstPath }
    if (stats.isDirectory()) return { ...common, name: path.endsWith('/') ? path : `${path}/`, type: 'directory' }
    if (stats.isSymbolicLink()) {
      return { ...common, type: 'symlink', linkName: readlinkSync(systemPath(fullPath), { encoding: 'latin1' }) }
    }
    if (stats.isFIFO()) return { ...common, type: 'fifo' }
    if (stats.isFile()) return { ...common, type: 'file', size: stats.size }
    return { ...common, type: stats.isBlockDevice() ? 'block' : 'char', ...deviceNumbers(stats.rdev) }
  }
}

/** Returns docker's message for a file that could not be archived. */
export function describeAddError(path: BytePath, reason: string): string {
  return `Can't add file ${displayPath(path)} to tar: ${reason}`
}

/** Splits a device number as Linux does (gnu_dev_major and gnu_dev_minor of glibc). */
function deviceNumbers(device: number): { deviceMajor: number; deviceMinor: number } {
  const bits = BigInt(device)
  return {
    deviceMajor: Number(((bits >> 8n) & 0xfffn) | ((bits >> 32n) & 0xfffff000n)),
    deviceMinor: Number((bits & 0xffn) | ((bits >> 12n) & 0xffffff00n)),
  }
}
