import { codeOf } from '../domain/errors.ts'
import { basePath, cleanPath, directoryPath, joinPath } from '../domain/go/path.ts'
import { goQuote } from '../domain/go/quote.ts'
import { type BytePath, bytePath, displayPath } from './byte-path.ts'
import { type Rename, renameEntry } from './copy-path.ts'
import { type OutputDirectory, OutputTree, statEntry } from './output-tree.ts'
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

/** Where an archive is unpacked. Nothing that is in it is made outside of the directory. */
export interface UnpackTarget {
  /** Absolute; it is there. */
  readonly directory: string
  /** What becomes of the names in the archive, one after the other. */
  readonly renames: readonly Rename[]
}

/**
 * Unpacks an archive as `docker cp` does: modes and times are the archive's, files belong to whom we are, what is there
 * gives way except that a directory is never replaced by a file, nor a file by a directory.
 *
 * The archive is not trusted. A name may not lead out of the directory, by `..` or through a link, whether that came with
 * the archive or was there before; nor may a link's target lie outside, as docker has it too; devices are not made.
 * @throws Error in docker's words where it has some
 */
export async function unpack(archive: AsyncIterable<Uint8Array>, { directory, renames }: UnpackTarget): Promise<void> {
  const unpacking = new Unpacking(bytePath(cleanPath(directory)))
  const changes = renames.map(({ from, to }) => ({ from: bytePath(from), to: bytePath(to) }))
  const newName = (name: BytePath) => changes.reduce(renameEntry, name)
  try {
    for await (const file of readTar(archive)) {
      const { entry } = file
      const linkName = entry.type === 'link' ? newName(entry.linkName) : entry.linkName
      await unpacking.add({ ...file, entry: { ...entry, name: newName(entry.name), linkName } })
    }
    unpacking.finish()
  } finally {
    unpacking.close()
  }
}

class Unpacking {
  readonly #root: BytePath
  readonly #tree: OutputTree
  /** The directories in which hard links' targets are. */
  readonly #targets: OutputTree
  readonly #described: { name: BytePath; entry: ArchiveEntry }[] = []

  /** @throws Error in Go's words when the directory cannot be opened */
  constructor(root: BytePath) {
    this.#root = root
    this.#tree = attempt('open', root, () => OutputTree.open(root))
    this.#targets = this.#tree.duplicate()
  }

  async add(file: ArchiveFile): Promise<void> {
    const { entry } = file
    const shown = cleanPath(entry.name)
    const path = joinPath(this.#root, shown)
    if (!this.#contains(path)) throw this.#escape(shown)
    // The directory itself is as it is, maybe a link that was typed.
    if (path === this.#root && entry.type === 'directory') return
    if (path === this.#root) throw this.#conflict('directory', path)
    const place: EntryPlace = {
      path,
      name: basePath(path),
      directory: this.#enter(this.#within(directoryPath(path)), shown),
    }
    const present = attempt('lstat', path, () => statEntry(place.directory, place.name))
    if (present?.isDirectory() && entry.type !== 'directory') throw this.#conflict('directory', path)
    if (present && !present.isDirectory() && entry.type === 'directory') throw this.#conflict('non-directory', path)
    if (entry.type === 'directory') {
      if (!present) createDirectory(place, entry.mode)
      setDirectoryMode(this.#enter(this.#within(path), shown), entry.mode)
      this.#described.push({ name: this.#within(path), entry })
    } else if (entry.type === 'link') {
      const { target, holder } = this.#hardLinkTarget(entry.linkName)
      await createEntry(place, { ...file, entry: { ...entry, linkName: target } }, present !== undefined, holder)
    } else {
      if (entry.type === 'symlink') this.#checkSymlink(entry.linkName, path)
      await createEntry(place, file, present !== undefined)
    }
  }

  /** Directories get their times at the end: what is made in them changes these. */
  finish(): void {
    for (const { name, entry } of this.#described) setDirectoryTime(this.#enter(name, name), entry)
  }

  close(): void {
    this.#tree.close()
    this.#targets.close()
  }

  #contains(path: BytePath): boolean {
    return path === this.#root || path.startsWith(this.#root === '/' ? '/' : `${this.#root}/`)
  }

  /** A path in the directory without the directory; empty for the directory itself. */
  #within(path: BytePath): BytePath {
    return path.slice(this.#root === '/' ? 1 : this.#root.length + 1)
  }

  #escape(name: BytePath): Error {
    return new Error(`${goQuote(displayPath(name))} is outside of ${goQuote(displayPath(this.#root))}`)
  }

  /**
   * Makes sure that the directory is one, and all above it: a link there would lead elsewhere.
   * @param name the entry's, for messages
   */
  #enter(directory: BytePath, name: BytePath): OutputDirectory {
    const prepare = (directory: OutputDirectory, part: BytePath) => {
      const present = statEntry(directory, part)
      if (present && !present.isDirectory()) throw new OutsideError()
      if (!present)
        createDirectory({ directory, name: part, path: joinPath(directory.path, part) }, DEFAULT_DIRECTORY_MODE)
    }
    try {
      return this.#tree.enter(directory, prepare)
    } catch (error) {
      if (error instanceof OutsideError) throw this.#escape(name)
      // What has no code of the system's is in Go's words already.
      throw codeOf(error) === undefined ? error : pathError('open', joinPath(this.#root, directory), error)
    }
  }

  #conflict(present: 'directory' | 'non-directory', path: BytePath): Error {
    const entry = present === 'directory' ? 'non-directory' : 'directory'
    const [what, where] = [goQuote(displayPath(path)), goQuote(displayPath(this.#root))]
    return new Error(`cannot overwrite ${present} ${what} with ${entry} ${where}`)
  }

  /** A symbolic link keeps its text, which may not lead outside. */
  #checkSymlink(linkName: BytePath, path: BytePath): void {
    if (this.#contains(joinPath(directoryPath(path), linkName))) return
    throw new Error(`invalid symlink ${goQuote(displayPath(path))} -> ${goQuote(displayPath(linkName))}`)
  }

  /** The file that a hard link is to name, and the directory that holds it, which no link leads to. */
  #hardLinkTarget(linkName: BytePath): { target: BytePath; holder: LinkTarget } {
    const target = joinPath(this.#root, linkName)
    const invalid = () =>
      new Error(`invalid hardlink ${goQuote(displayPath(target))} -> ${goQuote(displayPath(linkName))}`)
    if (!this.#contains(target) || target === this.#root) throw invalid()
    const enter = () => {
      try {
        return this.#targets.enter(this.#within(directoryPath(target)))
      } catch (error) {
        // What does not exist is for the link itself to complain of.
        if (codeOf(error) === 'ENOENT') throw error
        throw invalid()
      }
    }
    const holder = present(enter)
    return { target, holder: () => (holder ?? enter()).at(basePath(target)) }
  }
}

/** A directory on the way is something else. */
class OutsideError extends Error {
  override name = 'OutsideError'
}

/** What a look at the system finds, or undefined where there is nothing. */
function present<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
