import { lstatSync, readdirSync, type Stats } from 'node:fs'
import { pathErrorText } from '../domain/errors.ts'
import { joinPath } from '../domain/go/path.ts'
import { type BytePath, bytePath, displayPath, systemPath } from './byte-path.ts'
import { type CopyEnd, type Rename, renameEntry, splitPath } from './copy-path.ts'
import { describeAddError, FileTar } from './file-tar.ts'
import { TAR_END } from './tar-header.ts'

export interface ResourceTarOptions {
  readonly source: CopyEnd
  readonly rename: Rename | undefined
  /** Reports a file that could not be archived, with docker's message. The archive continues without it. */
  readonly warn: (message: string) => void
}

/** The archive of a file or directory that `docker cp` sends. */
export class ResourceTar {
  readonly #options: ResourceTarOptions
  readonly #tar: FileTar
  /** The directory to which the names in the archive are relative. */
  readonly #parent: string
  /** The name in the directory that is archived. */
  readonly #name: string
  #contentSize = 0

  constructor(options: ResourceTarOptions) {
    this.#options = options
    this.#tar = new FileTar({ keepsOwners: true, warn: options.warn })
    const { directory, name } = splitPath(options.source.path)
    this.#parent = directory
    this.#name = name
  }

  /** Whether every file could be opened. */
  get isWhole(): boolean {
    return this.#tar.unreadableCount === 0
  }

  /** The size of the files that have been archived in bytes; a file with several links counts once for each. */
  get contentSize(): number {
    return this.#contentSize
  }

  /** Yields the archive; files are read while it is consumed. @throws Error if a file became shorter in the meantime */
  async *bytes(): AsyncGenerator<Buffer> {
    const isDot = this.#name === '.' || this.#name === '/'
    const fullPath = bytePath(joinPath(this.#parent, this.#name))
    yield* this.#add(fullPath, isDot ? '.' : bytePath(this.#name))
    yield* this.#tar.rest()
    yield TAR_END
  }

  /** Adds a file or directory. @param path relative to the parent directory, as docker walks it */
  *#add(fullPath: BytePath, path: BytePath): Generator<Buffer> {
    const stats = this.#stat(fullPath)
    if (stats === undefined) return
    if (stats.isFile()) this.#contentSize += stats.size
    yield* this.#tar.add({ path: this.#entryName(path), fullPath, stats })
    if (!stats.isDirectory()) return
    const prefix = fullPath === '/' ? '' : fullPath
    const inner = this.#name === '/' && path === '.' ? '' : `${path}/`
    for (const name of this.#list(fullPath)) yield* this.#add(`${prefix}/${name}`, `${inner}${name}`)
  }

  #entryName(path: BytePath): BytePath {
    const { source, rename } = this.#options
    const base = source.rebaseName === '/' ? '' : source.rebaseName
    const rebased = source.rebaseName === '' ? path : replaceFirst(path, bytePath(this.#name), bytePath(base))
    return renameEntry(rebased, rename && { from: bytePath(rename.from), to: bytePath(rename.to) })
  }

  #stat(fullPath: BytePath): Stats | undefined {
    try {
      return lstatSync(systemPath(fullPath))
    } catch (error) {
      this.#options.warn(describeAddError(fullPath, pathErrorText('lstat', displayPath(fullPath), error)))
      return undefined
    }
  }

  /** Returns the names in a directory, sorted by their bytes. */
  #list(fullPath: BytePath): BytePath[] {
    try {
      return readdirSync(systemPath(fullPath), { encoding: 'latin1' }).sort()
    } catch (error) {
      // docker's message names the parent of the source, followed by the directory that cannot be read.
      const reason = pathErrorText('open', displayPath(fullPath), error)
      this.#options.warn(`Tar: Can't stat file ${this.#parent} to tar: ${reason}`)
      return []
    }
  }
}

function replaceFirst(text: string, from: string, to: string): string {
  const at = text.indexOf(from)
  return at < 0 ? text : text.slice(0, at) + to + text.slice(at + from.length)
}
