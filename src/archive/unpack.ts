import { lstatSync, type Stats } from 'node:fs'
import { goQuote } from '../domain/go/quote.ts'
import { type BytePath, bytePath, shownPath, systemPath } from './byte-path.ts'
import { type Rename, renamed } from './copy-path.ts'
import { cleanPath, folderPath, joinPath } from './go-path.ts'
import { type ReadEntry, type ReadFile, readTar } from './tar-reader.ts'
import { makeEntry, makeFolder, setFolderTime } from './unpack-entry.ts'

/** Where an archive is unpacked. Nothing that is in it is made outside of the folder. */
export interface UnpackTarget {
  /** Absolute; it is there. */
  readonly folder: string
  /** What becomes of the names in the archive, one after the other. */
  readonly renames: readonly Rename[]
}

/**
 * Unpacks an archive as `docker cp` does: modes and times are the archive's, files belong to whom we are, what is there
 * gives way except that a folder is never replaced by a file, nor a file by a folder.
 *
 * The archive is not trusted. A name may not lead out of the folder, by `..` or through a link, whether that came with
 * the archive or was there before; nor may a link's target lie outside, as docker has it too; devices are not made.
 * @throws Error in docker's words where it has some
 */
export async function unpack(archive: AsyncIterable<Uint8Array>, { folder, renames }: UnpackTarget): Promise<void> {
  const unpacking = new Unpacking(bytePath(cleanPath(folder)))
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
  /** Folders known to be folders, links on the way to them excluded. */
  readonly #folders: Set<BytePath>
  readonly #described: { path: BytePath; entry: ReadEntry }[] = []

  constructor(root: BytePath) {
    this.#root = root
    this.#folders = new Set([root])
  }

  async add(file: ReadFile): Promise<void> {
    const { entry } = file
    const name = cleanPath(entry.name)
    const path = joinPath(this.#root, name)
    if (!this.#contains(path)) throw this.#escape(name)
    // The folder itself is as it is, maybe a link that was typed.
    if (path === this.#root && entry.type === 'folder') return
    if (path === this.#root) throw this.#conflict('directory', path)
    this.#enter(folderPath(path), name)
    const present = lstat(path)
    if (present?.isDirectory() && entry.type !== 'folder') throw this.#conflict('directory', path)
    if (present && !present.isDirectory() && entry.type === 'folder') throw this.#conflict('non-directory', path)
    if (entry.type === 'folder') {
      makeFolder(path, entry, present !== undefined)
      this.#folders.add(path)
      this.#described.push({ path, entry })
    } else {
      const target = this.#linkTarget(entry, path)
      await makeEntry(path, { ...file, entry: { ...entry, linkName: target } }, present !== undefined)
    }
  }

  /** Folders get their times at the end: what is made in them changes these. */
  finish(): void {
    for (const { path, entry } of this.#described) setFolderTime(path, entry)
  }

  #contains(path: BytePath): boolean {
    return path === this.#root || path.startsWith(this.#root === '/' ? '/' : `${this.#root}/`)
  }

  #escape(name: BytePath): Error {
    return new Error(`${goQuote(shownPath(name))} is outside of ${goQuote(shownPath(this.#root))}`)
  }

  /** Makes sure that the folder is one, and all above it: a link there would lead elsewhere. */
  #enter(folder: BytePath, name: BytePath): void {
    if (this.#folders.has(folder)) return
    this.#enter(folderPath(folder), name)
    const present = lstat(folder)
    if (present && !present.isDirectory()) throw this.#escape(name)
    if (!present) makeFolder(folder, undefined, false)
    this.#folders.add(folder)
  }

  #conflict(present: 'directory' | 'non-directory', path: BytePath): Error {
    const entry = present === 'directory' ? 'non-directory' : 'directory'
    const [what, where] = [goQuote(shownPath(path)), goQuote(shownPath(this.#root))]
    return new Error(`cannot overwrite ${present} ${what} with ${entry} ${where}`)
  }

  /** What a link is to point to: a symbolic one to its text, a hard one to a file within. */
  #linkTarget({ type, linkName }: ReadEntry, path: BytePath): BytePath {
    if (type === 'symlink') {
      if (this.#contains(joinPath(folderPath(path), linkName))) return linkName
      throw new Error(`invalid symlink ${goQuote(shownPath(path))} -> ${goQuote(shownPath(linkName))}`)
    }
    if (type !== 'link') return linkName
    const target = joinPath(this.#root, linkName)
    const isWithin = this.#contains(target) && target !== this.#root && this.#isReachable(folderPath(target))
    if (isWithin) return target
    throw new Error(`invalid hardlink ${goQuote(shownPath(target))} -> ${goQuote(shownPath(linkName))}`)
  }

  /** Whether no link is on the way. What does not exist is the system's to complain of. */
  #isReachable(folder: BytePath): boolean {
    if (this.#folders.has(folder)) return true
    return this.#isReachable(folderPath(folder)) && (lstat(folder)?.isDirectory() ?? true)
  }
}

function lstat(path: BytePath): Stats | undefined {
  return lstatSync(systemPath(path), { throwIfNoEntry: false })
}
