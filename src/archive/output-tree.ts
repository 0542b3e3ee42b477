import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  futimesSync,
  lstatSync,
  openSync,
  type Stats,
  statSync,
  utimesSync,
} from 'node:fs'
import { type BytePath, systemPath } from './byte-path.ts'

const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants

/** Linux's flag for a descriptor that needs no permission to read the directory. Node does not define it. */
const O_PATH = 0o10000000

/** The directory through which Linux resolves paths relative to a descriptor. */
const DESCRIPTORS = '/proc/self/fd'

/**
 * The longest path in bytes that Linux accepts. It is enforced, because paths relative to descriptors could otherwise create
 * trees that are too deep for other programs.
 */
export const MAX_PATH = 4096

/** A directory of a tree. Its methods throw the errors of the system calls. */
export interface OutputDirectory {
  /** The path for messages. */
  readonly path: BytePath
  /** Returns the path of an entry for an immediate system call. @throws Error if the directory was replaced */
  at(name: BytePath): Buffer
  /** The working directory for a child process that accesses entries of this directory by name. */
  readonly workingDirectory: string
  setMode(mode: number): void
  /** @param seconds since 1970 */
  setTimes(seconds: number): void
}

interface OpenDirectory extends OutputDirectory {
  readonly name: BytePath
  open(name: BytePath): OpenDirectory
  close(): void
}

/**
 * A directory to which untrusted entries are written. No other code decides where output may be written.
 *
 * Each directory on the path of an entry is opened without following links and stays open, and entries are accessed relative
 * to it. Therefore neither the sender of the entries nor another process can redirect a write to outside of the tree by
 * replacing a directory with a link. On systems without `/proc`, each directory is instead compared before each use with
 * the one that was entered.
 */
export class OutputTree {
  /** The open directories: the root, and those on the path to the directory that was entered last. */
  readonly #open: OpenDirectory[]

  private constructor(root: OpenDirectory) {
    this.#open = [root]
  }

  /**
   * Opens a tree.
   * @param root an existing directory; it may be a link, because the user chose it
   * @param usesDescriptors whether entries are accessed relative to open directories
   * @throws the error of the system call
   */
  static open(root: BytePath, usesDescriptors = canUseDescriptors()): OutputTree {
    return new OutputTree(usesDescriptors ? openByDescriptor(root, '', root, 0) : openByIdentity(root, '', undefined))
  }

  /** Opens the same tree once more, for operations on two directories. */
  duplicate(): OutputTree {
    const [root] = this.#open
    if (!root) throw new Error('the tree is closed')
    return new OutputTree(root.open('.'))
  }

  /**
   * Enters a directory. Directories that were returned before may no longer be used.
   * @param path relative to the root and clean; empty for the root
   * @param prepare called before a directory is opened, to check or create it
   * @throws the error of the system call; `ENOTDIR` for a link
   */
  enter(path: BytePath, prepare: (parent: OutputDirectory, name: BytePath) => void = () => {}): OutputDirectory {
    const names = path === '' ? [] : path.split('/')
    let openCount = 0
    while (openCount < names.length && this.#open[openCount + 1]?.name === names[openCount]) openCount++
    this.#leave(openCount + 1)
    for (const name of names.slice(openCount)) {
      const parent = this.#innermost()
      prepare(parent, name)
      this.#open.push(parent.open(name))
    }
    return this.#innermost()
  }

  /** Closes all directories. */
  close(): void {
    this.#leave(0)
  }

  #innermost(): OpenDirectory {
    const last = this.#open.at(-1)
    if (!last) throw new Error('the tree is closed')
    return last
  }

  #leave(count: number): void {
    for (const directory of this.#open.splice(count).reverse()) directory.close()
  }
}

/** Returns the stats of an entry; undefined if it does not exist. Links are not followed. */
export function statEntry(directory: OutputDirectory, name: BytePath): Stats | undefined {
  return lstatSync(directory.at(name), { throwIfNoEntry: false })
}

function canUseDescriptors(): boolean {
  const file = openSync('/', O_RDONLY | O_DIRECTORY)
  try {
    return isSame(statSync(`${DESCRIPTORS}/${file}/.`, { throwIfNoEntry: false }), fstatSync(file))
  } catch {
    return false
  } finally {
    closeSync(file)
  }
}

function openByDescriptor(path: BytePath, name: BytePath, opened: BytePath, flags: number): OpenDirectory {
  const file = openSync(systemPath(opened), O_PATH | O_DIRECTORY | flags)
  const own = `${DESCRIPTORS}/${file}`
  return {
    path,
    name,
    at: (entry) => {
      checkLength(path, entry)
      return systemPath(`${own}/${entry}`)
    },
    workingDirectory: own,
    // fchmod does not accept descriptors that were opened with O_PATH. Their path refers to the same directory.
    setMode: (mode) => chmodSync(own, mode),
    setTimes: (seconds) => utimesSync(own, seconds, seconds),
    open: (entry) => openByDescriptor(childPath(path, entry), entry, `${own}/${entry}`, O_NOFOLLOW),
    close: () => closeSync(file),
  }
}

interface CheckedDirectory extends OpenDirectory {
  /** @throws Error if this or a parent directory is not the one that was entered */
  check(): void
}

function openByIdentity(path: BytePath, name: BytePath, parent: CheckedDirectory | undefined): CheckedDirectory {
  const stat = () => (parent ? lstatSync : statSync)(systemPath(path))
  const entered = stat()
  if (!entered.isDirectory()) throw systemError('ENOTDIR')
  const check = () => {
    parent?.check()
    if (!isSame(stat(), entered)) throw systemError('ENOTDIR')
  }
  /** Opens the directory without following links, and compares it once more in case it was replaced in the meantime. */
  const withDescriptor = (work: (file: number) => void) => {
    check()
    const file = openSync(systemPath(path), O_RDONLY | O_DIRECTORY | (parent ? O_NOFOLLOW : 0))
    try {
      if (!isSame(fstatSync(file), entered)) throw systemError('ENOTDIR')
      work(file)
    } finally {
      closeSync(file)
    }
  }
  const directory: CheckedDirectory = {
    path,
    name,
    check,
    at: (entry) => {
      check()
      checkLength(path, entry)
      return systemPath(childPath(path, entry))
    },
    get workingDirectory() {
      check()
      return systemPath(path).toString()
    },
    setMode: (mode) => withDescriptor((file) => fchmodSync(file, mode)),
    setTimes: (seconds) => withDescriptor((file) => futimesSync(file, seconds, seconds)),
    open: (entry) => openByIdentity(childPath(path, entry), entry, directory),
    close: () => {},
  }
  return directory
}

function childPath(path: BytePath, name: BytePath): BytePath {
  if (name === '.') return path
  return path.endsWith('/') ? path + name : `${path}/${name}`
}

function checkLength(path: BytePath, name: BytePath): void {
  if (path.length + name.length + 2 > MAX_PATH) throw systemError('ENAMETOOLONG')
}

function isSame(one: Stats | undefined, other: Stats): boolean {
  return one?.ino === other.ino && one.dev === other.dev
}

/** Returns an error with a system error code, which `pathErrorText` describes. */
export function systemError(code: 'ENAMETOOLONG' | 'ENOTDIR'): Error {
  return Object.assign(new Error(code), { code })
}
