import { readFileSync } from 'node:fs'
import { type BytePath, bytePath, displayPath, systemPath } from '../../archive/byte-path.ts'
import { cannotAdd, FileTar } from '../../archive/file-tar.ts'
import { padding, TAR_END, tarHeader } from '../../archive/tar-header.ts'
import { pathErrorText } from '../../domain/errors.ts'
import type { IgnoreMatcher } from './ignore.ts'
import { walk } from './walk.ts'

/** A file that is not in the directory, added to the archive or put in the place of one that is. */
export interface AddedFile {
  readonly name: string
  /** @param present the content in the directory, where it has such a file */
  content(present: Buffer | undefined): Buffer
}

export interface ContextTarOptions {
  /** The context's directory, absolute. */
  readonly root: string
  readonly matcher: IgnoreMatcher
  readonly added?: readonly AddedFile[]
  /** Told, in docker's words, of what could not be archived; the archive goes on without it. */
  readonly warn: (message: string) => void
  /** Seconds since 1970, for added files. */
  readonly now: number
}

/**
 * The directory as a tar archive, as docker's classic builder sends it: all files belong to 0:0, times are whole seconds,
 * hard links stay links, sockets are left out. Files are read as the archive is consumed.
 * @throws Error when a file got shorter while it was read: its place in the archive cannot be filled
 */
export function* contextTar(options: ContextTarOptions): Generator<Buffer> {
  const pending = new Map(options.added?.map((file) => [bytePath(file.name), file]))
  const lose = (path: BytePath, error: unknown) =>
    options.warn(cannotAdd(path, pathErrorText('lstat', displayPath(path), error)))
  const tar = new FileTar({ keepsOwners: false, warn: options.warn })

  for (const found of walk(options.root, options.matcher, lose)) {
    const replacement = pending.get(found.path)
    if (replacement === undefined || !found.stats.isFile()) {
      yield* tar.add(found)
      continue
    }
    pending.delete(found.path)
    yield* tar.addReplaced(found, replacement.content(readFileSync(systemPath(found.fullPath))))
  }
  yield* tar.rest()
  yield* archiveEnd([...pending.values()], options.now)
}

/** The files that go behind all others, and the end of the archive. */
export function* archiveEnd(added: readonly AddedFile[], now: number): Generator<Buffer> {
  for (const [index, file] of added.entries()) {
    const content = file.content(undefined)
    yield tarHeader({ name: bytePath(file.name), type: 'file', mode: 0o600, size: content.length, mtime: now })
    yield content
    // docker does not end an archive that it added files to. Daemons do not mind, and the size it prints depends on it.
    if (index < added.length - 1) yield Buffer.alloc(padding(content.length))
  }
  if (added.length === 0) yield TAR_END
}
