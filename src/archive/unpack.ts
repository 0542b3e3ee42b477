import { lstatSync, type Stats } from 'node:fs'
import { goQuote } from '../domain/go/quote.ts'
import { type BytePath, bytePath, displayPath, systemPath } from './byte-path.ts'
import { type Rename, renamed } from './copy-path.ts'
import { cleanPath, directoryPath, joinPath } from './go-path.ts'
import { type ReadEntry, type ReadFile, readTar } from './tar-reader.ts'
import { makeDirectory, makeEntry, setDirectoryTime } from './unpack-entry.ts'

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
  const newName = (name: BytePath) => changes.reduce(renamed, name)
  for await (const file of readTar(archive)) {
    const { entry } = file
    const linkName = entry.type === 'link' ? newName(entry.linkName) : entry.linkName
    await unpacking.add({ ...file, entry: { ...entry, name: newName(entry.name), linkName } })
  }
  unpacking.finish()
}

class Unpacking {
  readonly #root: BytePath
  /** Directories known to be directories, links on the way to them excluded. */
  readonly #directories: Set<BytePath>
  readonly #described: { path: BytePath; entry: ReadEntry }[] = []

  constructor(root: BytePath) {
    this.#root = root
    this.#directories = new Set([root])
  }

  async add(file: ReadFile): Promise<void> {
    const { entry } = file
    const name = cleanPath(entry.name)
    const path = joinPath(this.#root, name)
    if (!this.#contains(path)) throw this.#escape(name)
    // The directory itself is as it is, maybe a link that was typed.
    if (path === this.#root && entry.type === 'directory') return
    if (path === this.#root) throw this.#conflict('directory', path)
    this.#enter(directoryPath(path), name)
    const present = lstat(path)
    if (present?.isDirectory() && entry.type !== 'directory') throw this.#conflict('directory', path)
    if (present && !present.isDirectory() && entry.type === 'directory') throw this.#conflict('non-directory', path)
    if (entry.type === 'directory') {
      makeDirectory(path, entry, present !== undefined)
      this.#directories.add(path)
      this.#described.push({ path, entry })
    } else {
      const target = this.#linkTarget(entry, path)
      await makeEntry(path, { ...file, entry: { ...entry, linkName: target } }, present !== undefined)
    }
  }

  /** Directories get their times at the end: what is made in them changes these. */
  finish(): void {
    for (const { path, entry } of this.#described) setDirectoryTime(path, entry)
  }

  #contains(path: BytePath): boolean {
    return path === this.#root || path.startsWith(this.#root === '/' ? '/' : `${this.#root}/`)
  }

  #escape(name: BytePath): Error {
    return new Error(`${goQuote(displayPath(name))} is outside of ${goQuote(displayPath(this.#root))}`)
  }

  /** Makes sure that the directory is one, and all above it: a link there would lead elsewhere. */
  #enter(directory: BytePath, name: BytePath): void {
    if (this.#directories.has(directory)) return
    this.#enter(directoryPath(directory), name)
    const present = lstat(directory)
    if (present && !present.isDirectory()) throw this.#escape(name)
    if (!present) makeDirectory(directory, undefined, false)
    this.#directories.add(directory)
  }

  #conflict(present: 'directory' | 'non-directory', path: BytePath): Error {
    const entry = present === 'directory' ? 'non-directory' : 'directory'
    const [what, where] = [goQuote(displayPath(path)), goQuote(displayPath(this.#root))]
    return new Error(`cannot overwrite ${present} ${what} with ${entry} ${where}`)
  }

  /** What a link is to point to: a symbolic one to its text, a hard one to a file within. */
  #linkTarget({ type, linkName }: ReadEntry, path: BytePath): BytePath {
    if (type === 'symlink') {
      if (this.#contains(joinPath(directoryPath(path), linkName))) return linkName
      throw new Error(`invalid symlink ${goQuote(displayPath(path))} -> ${goQuote(displayPath(linkName))}`)
    }
    if (type !== 'link') return linkName
    const target = joinPath(this.#root, linkName)
    const isWithin = this.#contains(target) && target !== this.#root && this.#isReachable(directoryPath(target))
    if (isWithin) return target
    throw new Error(`invalid hardlink ${goQuote(displayPath(target))} -> ${goQuote(displayPath(linkName))}`)
  }

  /** Whether no link is on the way. What does not exist is the system's to complain of. */
  #isReachable(directory: BytePath): boolean {
    if (this.#directories.has(directory)) return true
    return this.#isReachable(directoryPath(directory)) && (lstat(directory)?.isDirectory() ?? true)
  }
}

function lstat(path: BytePath): Stats | undefined {
  return lstatSync(systemPath(path), { throwIfNoEntry: false })
}
