import { codeOf } from '../domain/errors.ts'
import { basePath, cleanPath, directoryPath, joinPath } from '../domain/go/path.ts'
import { goQuote } from '../domain/go/quote.ts'
import { type BytePath, bytePath, displayPath } from './byte-path.ts'
import { type Rename, renameEntry } from './copy-path.ts'
import { MAX_PATH, type OutputDirectory, OutputTree, statEntry, systemError } from './output-tree.ts'
import { type ArchiveEntry, type ArchiveFile, readTar } from './tar-reader.ts'
import {
  attempt,
  createDirectory,
  createEntry,
  DEFAULT_DIRECTORY_MODE,
  type EntryPlace,
  type LinkTarget,
  pathError,
  setDirectoryMode,
  setDirectoryTime,
} from './unpack-entry.ts'

/** The permissions that the owner needs to create entries in a directory. */
const OWNER_ACCESS = 0o700

/** The destination of an archive. Nothing is created outside of the directory. */
export interface UnpackTarget {
  /** An absolute path of an existing directory. */
  readonly directory: string
  /** The replacements in the names of entries, applied one after the other. */
  readonly renames: readonly Rename[]
}

/**
 * Unpacks an archive as `docker cp` does. Modes and times are those of the archive, and the owner is the user. Existing files
 * are replaced, but a directory never replaces a file, nor a file a directory.
 *
 * The archive is not trusted. No name may leave the directory, neither by `..` nor through a link, whether the link is from
 * the archive or existed before. As in docker, the target of a link may not be outside either. Devices are not created.
 * @returns the size of the unpacked files in bytes
 * @throws Error with docker's message, if it has one
 */
export async function unpack(
  archive: AsyncIterable<Uint8Array>,
  { directory, renames }: UnpackTarget,
): Promise<number> {
  const unpacking = new Unpacking(bytePath(cleanPath(directory)))
  const changes = renames.map(({ from, to }) => ({ from: bytePath(from), to: bytePath(to) }))
  const rename = (name: BytePath) => changes.reduce(renameEntry, name)
  let size = 0
  try {
    for await (const file of readTar(archive)) {
      const { entry } = file
      const linkName = entry.type === 'link' ? rename(entry.linkName) : entry.linkName
      await unpacking.add({ ...file, entry: { ...entry, name: rename(entry.name), linkName } })
      size += entry.size
    }
    unpacking.finish()
    return size
  } finally {
    unpacking.close()
  }
}

/** An archive that is being unpacked. */
class Unpacking {
  readonly #root: BytePath
  readonly #tree: OutputTree
  /** The same tree, for the directories of the targets of hard links. */
  readonly #targets: OutputTree
  /** The directories of the archive by their paths relative to the root. */
  readonly #directories = new Map<BytePath, ArchiveEntry>()

  /** @throws Error with Go's message if the directory cannot be opened */
  constructor(root: BytePath) {
    this.#root = root
    this.#tree = attempt('open', root, () => OutputTree.open(root))
    this.#targets = this.#tree.duplicate()
  }

  async add(file: ArchiveFile): Promise<void> {
    const { entry } = file
    const cleanName = cleanPath(entry.name)
    const path = joinPath(this.#root, cleanName)
    if (!this.#contains(path)) throw this.#escapeError(cleanName)
    // The destination directory is left as it is. It may be a link that the user typed.
    if (path === this.#root && entry.type === 'directory') return
    if (path === this.#root) throw this.#conflictError('directory', path)
    // Without this, a path of some megabytes would first create its directories up to the limit.
    if (path.length >= MAX_PATH) throw pathError('open', path, systemError('ENAMETOOLONG'))
    const place: EntryPlace = {
      path,
      name: basePath(path),
      directory: this.#enter(this.#relative(directoryPath(path)), cleanName),
    }
    const existing = attempt('lstat', path, () => statEntry(place.directory, place.name))
    if (existing?.isDirectory() && entry.type !== 'directory') throw this.#conflictError('directory', path)
    if (existing && !existing.isDirectory() && entry.type === 'directory')
      throw this.#conflictError('non-directory', path)
    if (entry.type === 'directory') {
      // Until everything in it is there, the user may write to the directory, whatever its mode in the archive.
      const mode = entry.mode | OWNER_ACCESS
      if (!existing) createDirectory(place, mode)
      setDirectoryMode(this.#enter(this.#relative(path), cleanName), mode)
      this.#directories.set(this.#relative(path), entry)
    } else if (entry.type === 'link') {
      const { path: linkName, target } = this.#hardLinkTarget(entry.linkName)
      await createEntry(place, { ...file, entry: { ...entry, linkName } }, existing !== undefined, target)
    } else {
      if (entry.type === 'symlink') this.#checkSymlink(entry.linkName, path)
      await createEntry(place, file, existing !== undefined)
    }
  }

  /**
   * Sets the modes and times of directories. This happens last, because creating entries needs permission and changes
   * times. The innermost are first, because their parents may not be accessible afterwards.
   */
  finish(): void {
    const innermostFirst = [...this.#directories].sort(([one], [other]) => depthOf(other) - depthOf(one))
    for (const [name, entry] of innermostFirst) {
      const directory = this.#enter(name, name)
      setDirectoryTime(directory, entry)
      setDirectoryMode(directory, entry.mode)
    }
  }

  close(): void {
    this.#tree.close()
    this.#targets.close()
  }

  #contains(path: BytePath): boolean {
    return path === this.#root || path.startsWith(this.#root === '/' ? '/' : `${this.#root}/`)
  }

  /** Returns a path relative to the root; empty for the root itself. */
  #relative(path: BytePath): BytePath {
    return path.slice(this.#root === '/' ? 1 : this.#root.length + 1)
  }

  #escapeError(name: BytePath): Error {
    return new Error(`${goQuote(displayPath(name))} is outside of ${goQuote(displayPath(this.#root))}`)
  }

  /**
   * Enters a directory. It and its parents must be directories, because a link could lead elsewhere.
   * @param name the name of the entry, for messages
   */
  #enter(directory: BytePath, name: BytePath): OutputDirectory {
    const prepare = (directory: OutputDirectory, part: BytePath) => {
      const stats = statEntry(directory, part)
      if (stats && !stats.isDirectory()) throw new OutsideError()
      if (!stats)
        createDirectory({ directory, name: part, path: joinPath(directory.path, part) }, DEFAULT_DIRECTORY_MODE)
    }
    try {
      return this.#tree.enter(directory, prepare)
    } catch (error) {
      if (error instanceof OutsideError) throw this.#escapeError(name)
      // An error without a system error code already has Go's message.
      throw codeOf(error) === undefined ? error : pathError('open', joinPath(this.#root, directory), error)
    }
  }

  #conflictError(existing: 'directory' | 'non-directory', path: BytePath): Error {
    const entry = existing === 'directory' ? 'non-directory' : 'directory'
    const [file, root] = [goQuote(displayPath(path)), goQuote(displayPath(this.#root))]
    return new Error(`cannot overwrite ${existing} ${file} with ${entry} ${root}`)
  }

  /** Checks that the target of a symbolic link is inside the root. @throws Error with docker's message */
  #checkSymlink(linkName: BytePath, path: BytePath): void {
    if (this.#contains(joinPath(directoryPath(path), linkName))) return
    throw new Error(`invalid symlink ${goQuote(displayPath(path))} -> ${goQuote(displayPath(linkName))}`)
  }

  /** Returns the target of a hard link, for messages and for the system call. No link leads to its directory. */
  #hardLinkTarget(linkName: BytePath): { path: BytePath; target: LinkTarget } {
    const path = joinPath(this.#root, linkName)
    const invalid = () =>
      new Error(`invalid hardlink ${goQuote(displayPath(path))} -> ${goQuote(displayPath(linkName))}`)
    if (!this.#contains(path) || path === this.#root) throw invalid()
    const enter = () => {
      try {
        return this.#targets.enter(this.#relative(directoryPath(path)))
      } catch (error) {
        // The error for a missing target comes from creating the link.
        if (codeOf(error) === 'ENOENT') throw error
        throw invalid()
      }
    }
    const directory = ifExists(enter)
    return { path, target: () => (directory ?? enter()).at(basePath(path)) }
  }
}

function depthOf(path: BytePath): number {
  return path.split('/').length
}

/** A parent of an entry is not a directory. */
class OutsideError extends Error {
  override name = 'OutsideError'
}

/** Returns undefined if a system call fails because a file does not exist. */
function ifExists<T>(call: () => T): T | undefined {
  try {
    return call()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
