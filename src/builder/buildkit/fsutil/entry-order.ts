import type { BytePath } from '../../../archive/byte-path.ts'
import { displayPath } from '../../../archive/byte-path.ts'
import { basePath, cleanPath, directoryPath } from '../../../domain/go/path.ts'
import { goQuote } from '../../../domain/go/quote.ts'

interface SeenDirectory {
  /** Empty for the root. */
  readonly path: BytePath
  /** The name of the entry in it that came last; empty before the first. */
  last: BytePath
}

/** An entry of a tree, with the path of its directory apart. */
export interface EntryPlace {
  /** Empty for the root. */
  readonly directory: BytePath
  readonly name: BytePath
}

/**
 * Checks what fsutil's receiver demands of its sender (its Validator and Hardlinks): paths are relative, clean and
 * strictly ascending, each directory comes before what is in it, and a hard link names a file that came before. So
 * every path comes once, and nothing can take the place of a directory after something was written into it.
 */
export class EntryOrder {
  /** The directories on the way to the last entry. */
  readonly #directories: SeenDirectory[] = [{ path: '', last: '' }]
  /** Files that hard links may name. */
  readonly #files = new Set<BytePath>()

  /** @throws Error in fsutil's words */
  checkPath(path: BytePath, isDirectory: boolean): EntryPlace {
    const shown = displayPath(path)
    if (path.startsWith('/')) throw new Error(`absolute path ${shown}: invalid argument`)
    if (path !== cleanPath(path) || path === '.') throw new Error(`unclean path ${shown}: invalid argument`)
    if (path === '..' || path.startsWith('../')) throw new Error(`escape check ${shown}: invalid argument`)
    if (path.includes('\0')) throw new Error(`open ${goQuote(shown)}: invalid argument`)
    const name = basePath(path)
    const directory = path === name ? '' : directoryPath(path)
    this.#leave(directory)
    const seen = this.#directories.at(-1)
    // Strings of bytes compare as Go's strings do.
    if (!seen || seen.path !== directory || seen.last >= name) {
      const last = seen ? [seen.path, seen.last].filter((part) => part !== '').join('/') : ''
      throw new Error(`changes out of order: ${goQuote(shown)} ${goQuote(displayPath(last))}`)
    }
    seen.last = name
    if (isDirectory) this.#directories.push({ path, last: '' })
    return { directory, name }
  }

  addFile(path: BytePath): void {
    this.#files.add(path)
  }

  /** @throws Error in fsutil's words when no file came under the path that is to be linked */
  checkLink(path: BytePath, target: BytePath): void {
    if (this.#files.has(target)) return
    throw new Error(`invalid link ${displayPath(path)} to unknown path: ${goQuote(displayPath(target))}`)
  }

  /** Forgets the directories that do not hold the given one: nothing may come in them any more. */
  #leave(directory: BytePath): void {
    const isAbove = ({ path }: SeenDirectory) => path === '' || path === directory || directory.startsWith(`${path}/`)
    while (this.#directories.length > 1 && !this.#directories.slice(-1).every(isAbove)) this.#directories.pop()
  }
}
