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
  /** Told, in docker's words, of what could not be archived; the archive goes on without it. */
  readonly warn: (message: string) => void
}

/** A file, or a directory with all that is in it, as an archive, as `docker cp` sends it. */
export class ResourceTar {
  readonly #options: ResourceTarOptions
  readonly #tar: FileTar
  /** The directory that the names in the archive are relative to, and the name in it that is archived. */
  readonly #parent: string
  readonly #name: string

  constructor(options: ResourceTarOptions) {
    this.#options = options
    this.#tar = new FileTar({ keepsOwners: true, warn: options.warn })
    const { directory, name } = splitPath(options.source.path)
    this.#parent = directory
    this.#name = name
  }

  /** Whether every file could be opened. */
  get isWhole(): boolean {
    return this.#tar.unreadable === 0
  }

  /** The archive's bytes; files are read as they are consumed. @throws Error when a file got shorter meanwhile */
  async *bytes(): AsyncGenerator<Buffer> {
    const isDot = this.#name === '.' || this.#name === '/'
    const fullPath = bytePath(joinPath(this.#parent, this.#name))
    yield* this.#add(fullPath, isDot ? '.' : bytePath(this.#name))
    yield* this.#tar.rest()
    yield TAR_END
  }

  /** @param path relative to the parent, as docker finds it */
  *#add(fullPath: BytePath, path: BytePath): Generator<Buffer> {
    const stats = this.#look(fullPath)
    if (stats === undefined) return
    yield* this.#tar.add({ path: this.#nameOf(path), fullPath, stats })
    if (!stats.isDirectory()) return
    const prefix = fullPath === '/' ? '' : fullPath
    const inner = this.#name === '/' && path === '.' ? '' : `${path}/`
    for (const name of this.#list(fullPath)) yield* this.#add(`${prefix}/${name}`, `${inner}${name}`)
  }

  #nameOf(path: BytePath): BytePath {
    const { source, rename } = this.#options
    const base = source.rebaseName === '/' ? '' : source.rebaseName
    const own = source.rebaseName === '' ? path : replaceFirst(path, bytePath(this.#name), bytePath(base))
    return renameEntry(own, rename && { from: bytePath(rename.from), to: bytePath(rename.to) })
  }

  #look(fullPath: BytePath): Stats | undefined {
    try {
      return lstatSync(systemPath(fullPath))
    } catch (error) {
      this.#options.warn(describeAddError(fullPath, pathErrorText('lstat', displayPath(fullPath), error)))
      return undefined
    }
  }

  /** The names in a directory, sorted by their bytes. */
  #list(fullPath: BytePath): BytePath[] {
    try {
      return readdirSync(systemPath(fullPath), { encoding: 'latin1' }).sort()
    } catch (error) {
      // docker names the directory above all, and behind it the one that it means.
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
