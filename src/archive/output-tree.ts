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

/** Linux's flag for a descriptor that only names a directory, so that no right to read it is needed. Node lacks it. */
const O_PATH = 0o10000000

/** Where Linux lets a path begin at a descriptor. */
const DESCRIPTORS = '/proc/self/fd'

/** What Linux takes for a path, in bytes. Descriptors would let a tree become deeper than other programs can reach. */
const MAX_PATH = 4096

/** A directory of a tree. Its methods throw the system's own errors. */
export interface OutputDirectory {
  /** Where it is, for messages. */
  readonly path: BytePath
  /** The path of an entry for one system call right now. @throws Error when the directory was replaced */
  at(name: BytePath): Buffer
  /** Where a child process has to run so that names without a slash are entries of this directory. */
  readonly workingDirectory: string
  setMode(mode: number): void
  /** @param seconds since 1970 */
  setTimes(seconds: number): void
}

interface HeldDirectory extends OutputDirectory {
  readonly name: BytePath
  open(name: BytePath): HeldDirectory
  close(): void
}

/**
 * A directory that untrusted entries are written into: the one place that decides where an output may be written.
 * Each directory on the way to an entry is opened without following links and stays open, and entries are named relative
 * to it. So neither the sender of the entries nor another process can lead a write out of the tree by putting a link in
 * a directory's place. Systems without `/proc` have no such names; there each directory is compared with the one
 * that was entered before each use.
 */
export class OutputTree {
  /** The directories that are open: the root, and those on the way to the directory that was entered last. */
  readonly #open: HeldDirectory[]

  private constructor(root: HeldDirectory) {
    this.#open = [root]
  }

  /**
   * @param root is there; it may be a link, because a person chose it
   * @param usesDescriptors whether entries are named relative to open directories
   * @throws the system's error
   */
  static open(root: BytePath, usesDescriptors = canNameByDescriptor()): OutputTree {
    return new OutputTree(usesDescriptors ? heldByDescriptor(root, '', root, 0) : heldByIdentity(root, '', undefined))
  }

  /** Another view of the same directory, for what needs two directories at once. */
  duplicate(): OutputTree {
    const [root] = this.#open
    if (!root) throw new Error('the tree is closed')
    return new OutputTree(root.open('.'))
  }

  /**
   * Enters a directory. What was returned before may no longer be used.
   * @param path relative to the root and clean; empty for the root
   * @param prepare is called before each directory that is newly opened, to check or make it
   * @throws the system's error, `ENOTDIR` for a link
   */
  enter(path: BytePath, prepare: (parent: OutputDirectory, name: BytePath) => void = () => {}): OutputDirectory {
    const names = path === '' ? [] : path.split('/')
    let known = 0
    while (known < names.length && this.#open[known + 1]?.name === names[known]) known++
    this.#leave(known + 1)
    for (const name of names.slice(known)) {
      const parent = this.#innermost()
      prepare(parent, name)
      this.#open.push(parent.open(name))
    }
    return this.#innermost()
  }

  close(): void {
    this.#leave(0)
  }

  #innermost(): HeldDirectory {
    const last = this.#open.at(-1)
    if (!last) throw new Error('the tree is closed')
    return last
  }

  #leave(kept: number): void {
    for (const directory of this.#open.splice(kept).reverse()) directory.close()
  }
}

/** What has the name, if anything has; links are not followed. */
export function statEntry(directory: OutputDirectory, name: BytePath): Stats | undefined {
  return lstatSync(directory.at(name), { throwIfNoEntry: false })
}

function canNameByDescriptor(): boolean {
  const file = openSync('/', O_RDONLY | O_DIRECTORY)
  try {
    return isSame(statSync(`${DESCRIPTORS}/${file}/.`, { throwIfNoEntry: false }), fstatSync(file))
  } catch {
    return false
  } finally {
    closeSync(file)
  }
}

function heldByDescriptor(path: BytePath, name: BytePath, opened: BytePath, flags: number): HeldDirectory {
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
    // A descriptor that only names a directory cannot be given to fchmod; its path leads to the same directory.
    setMode: (mode) => chmodSync(own, mode),
    setTimes: (seconds) => utimesSync(own, seconds, seconds),
    open: (entry) => heldByDescriptor(childPath(path, entry), entry, `${own}/${entry}`, O_NOFOLLOW),
    close: () => closeSync(file),
  }
}

interface CheckedDirectory extends HeldDirectory {
  /** @throws Error when it, or one above it, is no longer the directory that was entered */
  check(): void
}

function heldByIdentity(path: BytePath, name: BytePath, parent: CheckedDirectory | undefined): CheckedDirectory {
  const look = () => (parent ? lstatSync : statSync)(systemPath(path))
  const found = look()
  if (!found.isDirectory()) throw systemError('ENOTDIR')
  const check = () => {
    parent?.check()
    if (!isSame(look(), found)) throw systemError('ENOTDIR')
  }
  /** Links are not followed, and what was opened is compared once more, so that a change in between does no harm. */
  const withDescriptor = (work: (file: number) => void) => {
    check()
    const file = openSync(systemPath(path), O_RDONLY | O_DIRECTORY | (parent ? O_NOFOLLOW : 0))
    try {
      if (!isSame(fstatSync(file), found)) throw systemError('ENOTDIR')
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
    open: (entry) => heldByIdentity(childPath(path, entry), entry, directory),
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

/** An error with a code of the system's, whose words `pathErrorText` knows. */
function systemError(code: 'ENAMETOOLONG' | 'ENOTDIR'): Error {
  return Object.assign(new Error(code), { code })
}
