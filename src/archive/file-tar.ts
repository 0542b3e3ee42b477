import { closeSync, fstatSync, lstatSync, openSync, readlinkSync, type Stats } from 'node:fs'
import { pathErrorText } from '../domain/errors.ts'
import { Batch } from './batch.ts'
import { type BytePath, displayPath, systemPath } from './byte-path.ts'
import { padding, type TarEntry, tarHeader } from './tar-header.ts'

/** A file of the local file system, and what it is called in the archive. */
export interface ArchivedFile {
  /** Its name in the archive, with `/`; a directory's gets one at the end. */
  readonly path: BytePath
  readonly fullPath: BytePath
  readonly stats: Stats
}

export interface FileTarOptions {
  /** Whether files belong to whom they belong; otherwise all belong to 0:0. */
  readonly keepsOwners: boolean
  /** Told, in docker's words, of what could not be archived; the archive goes on without it. */
  readonly warn: (message: string) => void
}

/**
 * Local files as entries of a tar archive, as docker sends them: times are whole seconds, hard links stay links, sockets
 * are left out. A file is read as the archive is consumed.
 */
export class FileTar {
  readonly #options: FileTarOptions
  readonly #batch = new Batch()
  readonly #linkedPaths = new Map<string, BytePath>()
  #unreadable = 0

  constructor(options: FileTarOptions) {
    this.#options = options
  }

  /** How many files could not be opened. */
  get unreadable(): number {
    return this.#unreadable
  }

  /**
   * Adds a file, and yields what is ready to be sent.
   * @throws Error when the file got shorter while it was read: its place in the archive cannot be filled
   */
  *add(file: ArchivedFile): Generator<Buffer> {
    if (file.stats.isSocket()) {
      this.#options.warn(describeAddError(file.fullPath, 'archive/tar: sockets not supported'))
    } else {
      yield* this.#addWithContent(file)
    }
    yield* this.#batch.takeFull()
  }

  /** Adds a file with other content than it has. */
  *addReplaced(file: ArchivedFile, content: Buffer): Generator<Buffer> {
    this.#batch.add(tarHeader({ ...this.#entryOf(file, file.path), size: content.length }))
    this.#batch.add(content)
    this.#batch.addZeros(padding(content.length))
    yield* this.#batch.takeFull()
  }

  /** All that has not been sent. The archive's end is not in it. */
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

  /** The path under which the same file was archived before, or its own. */
  #firstPathOf({ path, fullPath, stats }: ArchivedFile): BytePath {
    if (stats.isDirectory() || stats.nlink < 2) return path
    // Asked again because inode numbers can be larger than a JavaScript number holds.
    const inode = String(lstatSync(systemPath(fullPath), { bigint: true }).ino)
    const first = this.#linkedPaths.get(inode)
    if (first === undefined) this.#linkedPaths.set(inode, path)
    return first ?? path
  }

  /** The entry and, where it has content, the open file; nothing when it is gone by now. */
  #open(file: ArchivedFile, firstPath: BytePath): { entry: TarEntry; fd?: number } | undefined {
    try {
      const entry = this.#entryOf(file, firstPath)
      const hasContent = entry.type === 'file' && entry.size > 0
      return hasContent ? { entry, fd: openSync(systemPath(file.fullPath), 'r') } : { entry }
    } catch (error) {
      this.#unreadable++
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

/** docker's words for what could not be archived. */
export function describeAddError(path: BytePath, reason: string): string {
  return `Can't add file ${displayPath(path)} to tar: ${reason}`
}

/** Linux's split of a device number into its two halves. */
function deviceNumbers(device: number): { deviceMajor: number; deviceMinor: number } {
  const bits = BigInt(device)
  return {
    deviceMajor: Number(((bits >> 8n) & 0xfffn) | ((bits >> 32n) & 0xfffff000n)),
    deviceMinor: Number((bits & 0xffn) | ((bits >> 12n) & 0xffffff00n)),
  }
}
