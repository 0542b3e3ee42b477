import {
  chmodSync,
  closeSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  type Stats,
  symlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { runProgram } from '../../../programs/programs.ts'
import { pathError } from '../../go-error.ts'
import type { Stat } from '../gen/fsutil/wire_pb.ts'
import { GO_MODE, permissions } from './mode.ts'

interface OpenFile {
  readonly path: string
  readonly file: number
  readonly stat: Stat
}

const NANOSECONDS = 1e9

/** Writes a tree of files, entry by entry, into a directory, and cannot be led out of it. */
export class DirectoryWriter {
  readonly #root: string
  /** Directories of the tree, which are directories on disk too and no links. */
  readonly #directories = new Set([''])
  /** Files that hard links may refer to. */
  readonly #files = new Set<string>()
  readonly #open = new Map<number, OpenFile>()
  /** A directory's time changes with what is written into it, so it is set at the end. */
  readonly #directoryTimes: [path: string, stat: Stat][] = []
  #temporaries = 0

  constructor(root: string) {
    this.#root = root
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
    const path = this.#checked(stat.path)
    const full = join(this.#root, path)
    const existing = lstatSync(full, { throwIfNoEntry: false })
    if (isDirectory(stat)) {
      this.#makeDirectory(full, stat, existing)
      this.#directories.add(path)
      return false
    }
    const target = existing ? this.#temporaryName(full) : full
    const file = this.#make(target, full, stat)
    if (file !== undefined) this.#open.set(id, { path: full, stat, file })
    if (existing) replace(target, full, existing)
    if (!isSymlink(stat)) this.#files.add(path)
    return file !== undefined
  }

  /** @throws Error with Go's text */
  write(id: number, bytes: Uint8Array): void {
    const { file, path } = this.#opened(id)
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
    } catch (error) {
      throw pathError('write', path, error)
    }
  }

  /** A file is whole. */
  finish(id: number): void {
    const { file, path, stat } = this.#opened(id)
    closeSync(file)
    this.#open.delete(id)
    setTimes(path, stat)
  }

  /** Every file is whole. */
  complete(): void {
    for (const [path, stat] of this.#directoryTimes.toReversed()) setTimes(path, stat)
  }

  /** Removes files that were not finished: half a file is worse than none. */
  close(): void {
    for (const { file, path } of this.#open.values()) {
      closeSync(file)
      rmSync(path, { force: true })
    }
    this.#open.clear()
  }

  #opened(id: number): OpenFile {
    const open = this.#open.get(id)
    if (!open) throw new Error(`invalid file request ${id}`)
    return open
  }

  /** A path whose directory was made by us: then no link can lead it elsewhere. */
  #checked(path: string): string {
    const parts = path.split('/')
    const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..')
    if (!isPlain || !this.#directories.has(parts.slice(0, -1).join('/'))) throw new Error(`invalid path ${path}`)
    return path
  }

  #makeDirectory(full: string, stat: Stat, existing: Stats | undefined): void {
    attempt('mkdir', full, () => {
      if (existing && !existing.isDirectory()) rmSync(full)
      if (!existing?.isDirectory()) mkdirSync(full)
      chmodSync(full, permissions(stat.mode))
    })
    this.#directoryTimes.push([full, stat])
  }

  /** @returns a plain file, open and still empty; undefined for everything else */
  #make(target: string, shown: string, stat: Stat): number | undefined {
    if (stat.linkname !== '' && !isSymlink(stat) && !this.#files.has(stat.linkname)) {
      throw new Error(`invalid link ${stat.path} to unknown path: ${stat.linkname}`)
    }
    return attempt('open', shown, () => {
      if (isSymlink(stat)) {
        symlinkSync(stat.linkname, target)
        lutimesSync(target, seconds(stat), seconds(stat))
      } else if (stat.linkname !== '') linkSync(join(this.#root, stat.linkname), target)
      else if ((stat.mode & (GO_MODE.device | GO_MODE.fifo)) !== 0) makeSpecial(target, stat)
      else {
        // Kept open: its mode may forbid its owner to write to it.
        const file = openSync(target, 'wx', 0o600)
        chmodSync(target, permissions(stat.mode))
        return file
      }
      return undefined
    })
  }

  #temporaryName(full: string): string {
    this.#temporaries++
    return `${full}.tmp-tug-${process.pid}-${this.#temporaries}`
  }
}

function isDirectory({ mode }: Stat): boolean {
  return (mode & GO_MODE.directory) !== 0
}

function isSymlink({ mode }: Stat): boolean {
  return (mode & GO_MODE.symlink) !== 0
}

/** A directory cannot be renamed over, so it makes room first. */
function replace(temporary: string, full: string, existing: Stats): void {
  attempt('rename', full, () => {
    if (existing.isDirectory()) rmSync(full, { recursive: true })
    renameSync(temporary, full)
  })
}

/** Node cannot make devices and pipes. */
function makeSpecial(target: string, { mode, devmajor, devminor }: Stat): void {
  const isDevice = (mode & GO_MODE.device) !== 0
  const type = !isDevice ? 'p' : (mode & GO_MODE.charDevice) !== 0 ? 'c' : 'b'
  const numbers = isDevice ? [String(devmajor), String(devminor)] : []
  const { status, stderr, error } = runProgram('mknod', ['-m', permissions(mode).toString(8), target, type, ...numbers])
  if (status !== 0) throw new Error(error?.message ?? stderr.trim())
}

function setTimes(path: string, stat: Stat): void {
  attempt('chtimes', path, () => utimesSync(path, seconds(stat), seconds(stat)))
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
