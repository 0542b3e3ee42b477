import type { BytePath } from '../../../archive/byte-path.ts'
import { displayPath } from '../../../archive/byte-path.ts'
import { basePath, cleanPath, directoryPath } from '../../../domain/go/path.ts'
import { goQuote } from '../../../domain/go/quote.ts'

interface SeenDirectory {
  /** Empty for the root. */
  readonly path: BytePath
  /** The name of its last entry; empty before the first. */
  last: BytePath
}

/** The directory and name of an entry of a tree. */
export interface EntryPlace {
  /** Empty for the root. */
  readonly directory: BytePath
  readonly name: BytePath
}

/**
 * Checks the rules that fsutil's receiver enforces (its Validator and Hardlinks): paths are relative, clean and
 * strictly ascending, a directory comes before its entries, and the target of a hard link before the link. So every
 * path occurs once, and nothing can replace a directory after something was written into it.
 */
export class EntryOrder {
  /** The directories above the last entry. */
  readonly #directories: SeenDirectory[] = [{ path: '', last: '' }]
  /** The files that hard links may refer to. */
  readonly #files = new Set<BytePath>()

  /** Checks the path of the next entry. @throws Error with fsutil's text */
  checkPath(path: BytePath, isDirectory: boolean): EntryPlace {
    const displayed = displayPath(path)
    if (path.startsWith('/')) throw new Error(`absolute path ${displayed}: invalid argument`)
    if (path !== cleanPath(path) || path === '.') throw new Error(`unclean path ${displayed}: invalid argument`)
    if (path === '..' || path.startsWith('../')) throw new Error(`escape check ${displayed}: invalid argument`)
    if (path.includes('\0')) throw new Error(`open ${goQuote(displayed)}: invalid argument`)
    const name = basePath(path)
    const directory = path === name ? '' : directoryPath(path)
    this.#leave(directory)
    const seen = this.#directories.at(-1)
    // Byte strings compare like strings in Go.
    if (!seen || seen.path !== directory || seen.last >= name) {
      const last = seen ? [seen.path, seen.last].filter((part) => part !== '').join('/') : ''
      throw new Error(`changes out of order: ${goQuote(displayed)} ${goQuote(displayPath(last))}`)
    }
    seen.last = name
    if (isDirectory) this.#directories.push({ path, last: '' })
    return { directory, name }
  }

  addFile(path: BytePath): void {
    this.#files.add(path)
  }

  /** Checks the target of a hard link. @throws Error with fsutil's text when no file came under that path */
  checkLink(path: BytePath, target: BytePath): void {
    if (this.#files.has(target)) return
    throw new Error(`invalid link ${displayPath(path)} to unknown path: ${goQuote(displayPath(target))}`)
  }

  /** Removes the directories that are not above the given one; no entry may come in them any more. */
  #leave(directory: BytePath): void {
    const isAbove = ({ path }: SeenDirectory) => path === '' || path === directory || directory.startsWith(`${path}/`)
    while (this.#directories.length > 1 && !this.#directories.slice(-1).every(isAbove)) this.#directories.pop()
  }
}
