import { randomBytes } from 'node:crypto'
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  futimesSync,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  symlinkSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { type BytePath, bytePath, displayPath, systemPath } from '../../../archive/byte-path.ts'
import { type OutputDirectory, OutputTree, statEntry } from '../../../archive/output-tree.ts'
import { joinPath } from '../../../domain/go/path.ts'
import { runProgram } from '../../../programs/programs.ts'
import { pathError } from '../../go-error.ts'
import type { Stat } from '../gen/fsutil/wire_pb.ts'
import { EntryOrder, type EntryPlace } from './entry-order.ts'
import { GO_MODE, permissions } from './mode.ts'

/** What the sender says of an entry, with its paths as the rest of tug has them. */
interface Entry extends EntryPlace {
  readonly path: BytePath
  readonly link: BytePath
  readonly stat: Stat
}

interface OpenFile extends Entry {
  readonly file: number
}

const { O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY } = constants
const NANOSECONDS = 1e9

/** Writes a tree of files, entry by entry, into a directory, and cannot be led out of it. */
export class DirectoryWriter {
  readonly #root: string
  readonly #tree: OutputTree
  readonly #order = new EntryOrder()
  readonly #open = new Map<number, OpenFile>()
  /** A directory's time changes with what is written into it, so it is set at the end. */
  readonly #directoryTimes: { path: BytePath; seconds: number }[] = []

  /**
   * @param usesDescriptors as of OutputTree
   * @throws Error with Go's text when the directory cannot be opened
   */
  constructor(root: string, usesDescriptors?: boolean) {
    this.#root = root
    this.#tree = attempt('open', root, () => OutputTree.open(bytePath(root), usesDescriptors))
  }

  /** Whether every file that was added is whole. */
  get isWhole(): boolean {
    return this.#open.size === 0
  }

  /**
   * Makes an entry, in the place of what was there.
   * @returns whether its content must be written
   * @throws Error with Go's text
   */
  add(id: number, stat: Stat): boolean {
    const path = latin1(stat.path)
    const entry = { ...this.#order.checkPath(path, isDirectory(stat)), path, link: latin1(stat.linkname), stat }
    const isHardLink = !isDirectory(stat) && !isSymlink(stat) && entry.link !== ''
    if (isHardLink) this.#order.checkLink(path, entry.link)
    const directory = this.#enter(entry.directory, path)
    const existing = this.#attempt('lstat', path, () => statEntry(directory, entry.name))
    if (isDirectory(stat)) {
      this.#makeDirectory(directory, entry, existing)
      return false
    }
    const made = existing ? `.tmp-tug-${randomBytes(8).toString('hex')}` : entry.name
    const file = this.#make(directory, made, entry)
    if (file !== undefined) this.#open.set(id, { ...entry, file })
    if (existing) this.#attempt('rename', path, () => replace(directory, made, entry.name, existing))
    if (!isSymlink(stat) && !isHardLink) this.#order.addFile(path)
    return file !== undefined
  }

  /** @throws Error with Go's text */
  write(id: number, bytes: Uint8Array): void {
    const { file, path } = this.#opened(id)
    this.#attempt('write', path, () => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    })
  }

  /** A file is whole. */
  finish(id: number): void {
    const { file, path, stat } = this.#opened(id)
    try {
      // After the last write, because a write takes away the bits that make a program run as its owner.
      this.#attempt('chmod', path, () => fchmodSync(file, permissions(stat.mode)))
      this.#attempt('chtimes', path, () => futimesSync(file, seconds(stat), seconds(stat)))
      this.#open.delete(id)
    } finally {
      if (!this.#open.has(id)) closeSync(file)
    }
  }

  /** Every file is whole. */
  complete(): void {
    for (const { path, seconds: time } of this.#directoryTimes.toReversed()) {
      const directory = this.#enter(path, path)
      this.#attempt('chtimes', path, () => directory.setTimes(time))
    }
  }

  /** Removes files that were not finished: half a file is worse than none. */
  close(): void {
    for (const unfinished of this.#open.values()) this.#remove(unfinished)
    this.#open.clear()
    this.#tree.close()
  }

  #opened(id: number): OpenFile {
    const open = this.#open.get(id)
    if (!open) throw new Error(`invalid file request ${id}`)
    return open
  }

  #enter(directory: BytePath, path: BytePath): OutputDirectory {
    return this.#attempt('open', path, () => this.#tree.enter(directory))
  }

  /** A directory that is there stays; anything else gives way. */
  #makeDirectory(parent: OutputDirectory, { name, path, stat }: Entry, existing: Stats | undefined): void {
    this.#attempt('mkdir', path, () => {
      if (existing && !existing.isDirectory()) unlinkSync(parent.at(name))
      if (!existing?.isDirectory()) mkdirSync(parent.at(name))
    })
    const made = this.#enter(path, path)
    this.#attempt('chmod', path, () => made.setMode(permissions(stat.mode)))
    this.#directoryTimes.push({ path, seconds: seconds(stat) })
  }

  /** @returns a plain file, open and still empty; undefined for everything else */
  #make(directory: OutputDirectory, made: BytePath, entry: Entry): number | undefined {
    const { link, path, stat } = entry
    return this.#attempt('open', path, () => {
      if (isSymlink(stat)) {
        symlinkSync(systemPath(link), directory.at(made))
        lutimesSync(directory.at(made), seconds(stat), seconds(stat))
      } else if (link !== '') this.#makeHardLink(directory, made, link)
      else if ((stat.mode & (GO_MODE.device | GO_MODE.fifo)) !== 0) makeSpecial(directory, made, stat)
      else {
        // Kept open: its mode may forbid its owner to write to it.
        return openSync(directory.at(made), O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o600)
      }
      return undefined
    })
  }

  #makeHardLink(directory: OutputDirectory, made: BytePath, target: BytePath): void {
    const slash = target.lastIndexOf('/')
    const targets = this.#tree.duplicate()
    try {
      const holder = targets.enter(target.slice(0, Math.max(slash, 0)))
      linkSync(holder.at(target.slice(slash + 1)), directory.at(made))
    } finally {
      targets.close()
    }
  }

  /** Removes a file only if it is still the one that was opened. */
  #remove({ directory, name, file }: OpenFile): void {
    try {
      const holder = this.#tree.enter(directory)
      if (statEntry(holder, name)?.ino === fstatSync(file).ino) unlinkSync(holder.at(name))
    } catch {
      // Its directory was taken away, and the file with it.
    } finally {
      closeSync(file)
    }
  }

  #attempt<T>(operation: string, path: BytePath, work: () => T): T {
    return attempt(operation, displayPath(joinPath(bytePath(this.#root), path)), work)
  }
}

function latin1(bytes: Uint8Array): BytePath {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

function isDirectory({ mode }: Stat): boolean {
  return (mode & GO_MODE.directory) !== 0
}

function isSymlink({ mode }: Stat): boolean {
  return (mode & GO_MODE.symlink) !== 0
}

/** A directory cannot be renamed over, so it makes room first. */
function replace(directory: OutputDirectory, made: BytePath, name: BytePath, existing: Stats): void {
  if (existing.isDirectory()) rmSync(directory.at(name), { recursive: true })
  renameSync(directory.at(made), directory.at(name))
}

/**
 * Node cannot make devices and pipes. The program gets a name of its own making, and the directory by its descriptor.
 */
function makeSpecial(directory: OutputDirectory, name: BytePath, stat: Stat): void {
  const { mode, devmajor, devminor } = stat
  const isDevice = (mode & GO_MODE.device) !== 0
  const type = !isDevice ? 'p' : (mode & GO_MODE.charDevice) !== 0 ? 'c' : 'b'
  const numbers = isDevice ? [String(devmajor), String(devminor)] : []
  const made = `.tmp-tug-${randomBytes(8).toString('hex')}`
  const args = ['-m', permissions(mode).toString(8), made, type, ...numbers]
  const { status, stderr, error } = runProgram('mknod', args, { cwd: directory.workingDirectory })
  if (status !== 0) throw new Error(error?.message ?? stderr.trim())
  renameSync(directory.at(made), directory.at(name))
}

function seconds({ modTime }: Stat): number {
  return Number(modTime) / NANOSECONDS
}

function attempt<T>(operation: string, path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw pathError(operation, path, error)
  }
}
