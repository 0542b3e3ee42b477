import { readFileSync } from 'node:fs'
import { type BytePath, bytePath, displayPath, systemPath } from '../../archive/byte-path.ts'
import { describeAddError, FileTar } from '../../archive/file-tar.ts'
import { padding, TAR_END, tarHeader } from '../../archive/tar-header.ts'
import { pathErrorText } from '../../domain/errors.ts'
import type { IgnoreMatcher } from './ignore.ts'
import { walk } from './walk.ts'

/** A file that is added to the archive, or that replaces a file of the directory in it. */
export interface AddedFile {
  readonly name: string
  /** Returns the content. @param present the content of the file that it replaces, if any */
  content(present: Buffer | undefined): Buffer
}

export interface ContextTarOptions {
  /** The absolute path of the context's directory. */
  readonly root: string
  readonly matcher: IgnoreMatcher
  readonly added?: readonly AddedFile[]
  /** Whether the owners of files are archived. Otherwise, as in a build context, the owner of every file is 0:0. */
  readonly keepsOwners?: boolean
  /** Called with docker's message for each file that could not be archived; the archive continues without it. */
  readonly warn: (message: string) => void
  /** The modification time of added files, in seconds since 1970. */
  readonly now: number
}

/**
 * Writes a directory as a tar archive like docker's classic builder: times are whole seconds, hard links stay links, and
 * sockets are left out. Files are read as the archive is consumed.
 * @throws Error when a file became shorter while it was read, because its size has already been written
 */
export function* writeContextTar(options: ContextTarOptions): Generator<Buffer> {
  const pending = new Map(options.added?.map((file) => [bytePath(file.name), file]))
  const onVanished = (path: BytePath, error: unknown) =>
    options.warn(describeAddError(path, pathErrorText('lstat', displayPath(path), error)))
  const tar = new FileTar({ keepsOwners: options.keepsOwners ?? false, warn: options.warn })

  for (const entry of walk(options.root, options.matcher, onVanished)) {
    const replacement = pending.get(entry.path)
    if (replacement === undefined || !entry.stats.isFile()) {
      yield* tar.add(entry)
      continue
    }
    pending.delete(entry.path)
    yield* tar.addReplaced(entry, replacement.content(readFileSync(systemPath(entry.fullPath))))
  }
  yield* tar.rest()
  yield* writeArchiveEnd([...pending.values()], options.now)
}

/** Writes the added files, which follow all others, and the end of the archive. */
export function* writeArchiveEnd(added: readonly AddedFile[], now: number): Generator<Buffer> {
  for (const [index, file] of added.entries()) {
    const content = file.content(undefined)
    yield tarHeader({ name: bytePath(file.name), type: 'file', mode: 0o600, size: content.length, mtime: now })
    yield content
    // docker does not end an archive that it added files to. Daemons accept that, and the printed size depends on it.
    if (index < added.length - 1) yield Buffer.alloc(padding(content.length))
  }
  if (added.length === 0) yield TAR_END
}
