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
import { randomHex } from '../../../files/random-name.ts'
import { runProgram } from '../../../programs/programs.ts'
import { pathError } from '../../go-error.ts'
import type { Stat } from '../gen/fsutil/wire_pb.ts'
import { EntryOrder, type EntryPlace } from './entry-order.ts'
import { GO_MODE, toPermissions } from './mode.ts'

/** The metadata of an entry, with its paths as byte strings. */
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

/** Writes a tree of files into a directory, entry by entry. No path and no link can lead out of the directory. */
export class DirectoryWriter {
  readonly #root: string
  readonly #tree: OutputTree
  readonly #order = new EntryOrder()
  readonly #open = new Map<number, OpenFile>()
  /** The modification times of directories. They are set at the end, because writing an entry changes them. */
  readonly #directoryTimes: { path: BytePath; seconds: number }[] = []

  /**
   * @param usesDescriptors see OutputTree
   * @throws Error with Go's text when the directory cannot be opened
   */
  constructor(root: string, usesDescriptors?: boolean) {
    this.#root = root
    this.#tree = attempt('open', root, () => OutputTree.open(bytePath(root), usesDescriptors))
  }

  /** Whether every added file is complete. */
  get isComplete(): boolean {
    return this.#open.size === 0
  }

  /**
   * Creates an entry, and replaces an existing one.
   * @returns whether its content must be written
   * @throws Error with Go's text
   */
  add(id: number, stat: Stat): boolean {
    const path = latin1(stat.path)
    const entry = { ...this.#order.checkPath(path, isDirectory(stat)), path, link: latin1(stat.linkname), stat }
    const isHardLink = !isDirectory(stat) && !isSymlink(stat) && entry.link !== ''
    if (isHardLink) this.#order.checkLink(path, entry.link)
    const directory = this.#enterDirectory(entry.directory, path)
    const existing = this.#attempt('lstat', path, () => statEntry(directory, entry.name))
    if (isDirectory(stat)) {
      this.#createDirectory(directory, entry, existing)
      return false
    }
    const createdName = existing ? `.tmp-tug-${randomHex(8)}` : entry.name
    const file = this.#createEntry(directory, createdName, entry)
    if (file !== undefined) this.#open.set(id, { ...entry, file })
    if (existing) this.#attempt('rename', path, () => replace(directory, createdName, entry.name, existing))
    if (!isSymlink(stat) && !isHardLink) this.#order.addFile(path)
    return file !== undefined
  }

  /** @throws Error with Go's text */
  write(id: number, bytes: Uint8Array): void {
    const { file, path } = this.#openFile(id)
    this.#attempt('write', path, () => {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    })
  }

  /** Completes a file: sets its mode and time, and closes it. */
  finish(id: number): void {
    const { file, path, stat } = this.#openFile(id)
    try {
      // This must follow the last write, because a write clears the set-id bits.
      this.#attempt('chmod', path, () => fchmodSync(file, toPermissions(stat.mode)))
      this.#attempt('chtimes', path, () => futimesSync(file, seconds(stat), seconds(stat)))
      this.#open.delete(id)
    } finally {
      if (!this.#open.has(id)) closeSync(file)
    }
  }

  /** Completes the tree after every file: sets the times of the directories. */
  complete(): void {
    for (const { path, seconds: time } of this.#directoryTimes.toReversed()) {
      const directory = this.#enterDirectory(path, path)
      this.#attempt('chtimes', path, () => directory.setTimes(time))
    }
  }

  /** Removes incomplete files, and closes the tree. */
  close(): void {
    for (const unfinished of this.#open.values()) this.#remove(unfinished)
    this.#open.clear()
    this.#tree.close()
  }

  #openFile(id: number): OpenFile {
    const open = this.#open.get(id)
    if (!open) throw new Error(`invalid file request ${id}`)
    return open
  }

  #enterDirectory(directory: BytePath, path: BytePath): OutputDirectory {
    return this.#attempt('open', path, () => this.#tree.enter(directory))
  }

  /** Creates a directory. An existing directory stays; any other entry is replaced. */
  #createDirectory(parent: OutputDirectory, { name, path, stat }: Entry, existing: Stats | undefined): void {
    this.#attempt('mkdir', path, () => {
      if (existing && !existing.isDirectory()) unlinkSync(parent.at(name))
      if (!existing?.isDirectory()) mkdirSync(parent.at(name))
    })
    const directory = this.#enterDirectory(path, path)
    this.#attempt('chmod', path, () => directory.setMode(toPermissions(stat.mode)))
    this.#directoryTimes.push({ path, seconds: seconds(stat) })
  }

  /** Creates an entry that is not a directory. @returns the descriptor of an empty regular file; undefined otherwise */
  #createEntry(directory: OutputDirectory, createdName: BytePath, entry: Entry): number | undefined {
    const { link, path, stat } = entry
    return this.#attempt('open', path, () => {
      if (isSymlink(stat)) {
        symlinkSync(systemPath(link), directory.at(createdName))
        lutimesSync(directory.at(createdName), seconds(stat), seconds(stat))
      } else if (link !== '') this.#createHardLink(directory, createdName, link)
      else if ((stat.mode & (GO_MODE.device | GO_MODE.fifo)) !== 0) createSpecial(directory, createdName, stat)
      else {
        // The file stays open, because its mode may not allow its owner to write to it.
        return openSync(directory.at(createdName), O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, 0o600)
      }
      return undefined
    })
  }

  #createHardLink(directory: OutputDirectory, createdName: BytePath, target: BytePath): void {
    const slash = target.lastIndexOf('/')
    const targets = this.#tree.duplicate()
    try {
      const parent = targets.enter(target.slice(0, Math.max(slash, 0)))
      linkSync(parent.at(target.slice(slash + 1)), directory.at(createdName))
    } finally {
      targets.close()
    }
  }

  /** Removes a file if it is still the one that was opened. */
  #remove({ directory, name, file }: OpenFile): void {
    try {
      const parent = this.#tree.enter(directory)
      if (statEntry(parent, name)?.ino === fstatSync(file).ino) unlinkSync(parent.at(name))
    } catch {
      // The directory was removed together with the file.
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

/** Replaces an existing entry. A rename cannot replace a directory, so it is removed first. */
function replace(directory: OutputDirectory, temporaryName: BytePath, name: BytePath, existing: Stats): void {
  if (existing.isDirectory()) rmSync(directory.at(name), { recursive: true })
  renameSync(directory.at(temporaryName), directory.at(name))
}

/**
 * Creates a device or a pipe with mknod, which Node lacks. It runs in the directory and gets a safe temporary name.
 */
function createSpecial(directory: OutputDirectory, name: BytePath, stat: Stat): void {
  const { mode, devmajor, devminor } = stat
  const isDevice = (mode & GO_MODE.device) !== 0
  const type = !isDevice ? 'p' : (mode & GO_MODE.charDevice) !== 0 ? 'c' : 'b'
  const numbers = isDevice ? [String(devmajor), String(devminor)] : []
  const temporaryName = `.tmp-tug-${randomHex(8)}`
  const args = ['-m', toPermissions(mode).toString(8), temporaryName, type, ...numbers]
  const { status, stderr, error } = runProgram('mknod', args, { cwd: directory.workingDirectory })
  if (status !== 0) throw new Error(error?.message ?? stderr.trim())
  renameSync(directory.at(temporaryName), directory.at(name))
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
