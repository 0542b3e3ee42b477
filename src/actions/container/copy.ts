/** Copies files into and out of containers. */
import { Readable } from 'node:stream'
import { type CopyEnd, planCopy, type Rename, rebasePath, restorePathEnd, splitPath } from '../../archive/copy-path.ts'
import { checkOutputPath, inspectLocalDestination, inspectLocalSource } from '../../archive/local-copy-end.ts'
import { ResourceTar } from '../../archive/resource-tar.ts'
import { unpack } from '../../archive/unpack.ts'
import { cleanPath, joinPath } from '../../domain/go/path.ts'
import { ContainerArchiveApi, type PathStat } from '../../engine/api/container-archives.ts'
import type { Connection } from '../../engine/connection.ts'
import type { CopyDisplay } from '../../format/progress/copy.ts'

/** Bits of Go's `fs.FileMode`. */
const DIRECTORY = 1 << 31
const SYMLINK = 1 << 27
const DEVICE = 1 << 26
const IRREGULAR = 1 << 19

/** In place of a local path: an archive on stdin or stdout. */
const STREAM = '-'

export interface ContainerCopy {
  readonly container: string
  /** The path in the container. */
  readonly path: string
  /** The local path as typed; `-` for an archive. */
  readonly local: string
  readonly followsLink: boolean
}

export interface CopyEnvironment {
  readonly connection: Connection
  /** The directory that local paths are relative to. */
  readonly directory: string
  /** Shows progress; undefined for none. */
  readonly display: CopyDisplay | undefined
  readonly signal: AbortSignal
}

/**
 * Copies files out of a container.
 * @param writeOut writes the archive itself, for `-`
 * @throws EngineError, ConnectionError, Error with docker's message for paths that cannot be copied
 */
export async function copyFromContainer(
  copy: ContainerCopy,
  environment: CopyEnvironment,
  writeOut: (archive: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const { connection, display } = environment
  const isStream = copy.local === STREAM
  const local = isStream ? STREAM : absolutePath(copy.local, environment.directory)
  if (!isStream) checkOutputPath(local)
  const { path, rebaseName } = await containerSource(copy, environment)
  const finished = new AbortController()
  const signal = AbortSignal.any([environment.signal, finished.signal])
  try {
    const { stat, archive } = await new ContainerArchiveApi(connection).copyFrom({
      container: copy.container,
      path,
      signal,
    })
    if (isStream) return await writeOut(archive)
    const source: CopyEnd = { path, exists: true, isDirectory: (stat.mode & DIRECTORY) !== 0, rebaseName }
    const plan = planCopy(source, inspectLocalDestination(local))
    const followed: Rename[] = rebaseName === '' ? [] : [{ from: splitPath(path).name, to: rebaseName }]
    const renames = plan.rename ? [...followed, plan.rename] : followed
    await unpack(display ? display.watch(archive) : archive, { directory: plan.directory, renames })
    display?.succeed(local)
  } finally {
    display?.clear()
    // Ends the response if the archive was not read to its end.
    finished.abort()
  }
}

/** Resolves a symbolic link in the container for `-L`. The copy keeps the name of the link. */
async function containerSource(
  { container, path, followsLink }: ContainerCopy,
  { connection, signal }: CopyEnvironment,
): Promise<{ path: string; rebaseName: string }> {
  const stat = followsLink
    ? await new ContainerArchiveApi(connection).stat({ container, path, signal }).catch(() => undefined)
    : undefined
  if (!isLink(stat)) return { path, rebaseName: '' }
  return rebasePath(path, linkTargetOf(stat, path))
}

export interface CopyIn extends ContainerCopy {
  /** Whether files keep their owners (`--archive`). */
  readonly keepsOwners: boolean
}

export interface CopyInEnvironment extends CopyEnvironment {
  /** Opens the archive for `-`. */
  readonly input: () => AsyncIterable<Buffer>
  /** Reports, with docker's message, a file that cannot be archived. */
  readonly warn: (message: string) => void
}

/**
 * Copies files into a container.
 * @throws EngineError, ConnectionError, Error with docker's message for paths that cannot be copied
 */
export async function copyToContainer(copy: CopyIn, environment: CopyInEnvironment): Promise<void> {
  const { connection, display, signal } = environment
  const { container, keepsOwners } = copy
  const local = copy.local === STREAM ? STREAM : absolutePath(copy.local, environment.directory)
  const destination = await containerDestination(copy, environment)
  const { directory, bytes, tar } =
    local === STREAM
      ? { directory: requireDirectory(copy, destination), bytes: environment.input(), tar: undefined }
      : archiveFor(local, copy, destination, environment.warn)
  const archive = Readable.from(display ? display.watch(bytes) : bytes, { objectMode: false })
  try {
    await new ContainerArchiveApi(connection).copyTo({ container, directory, archive, keepsOwners, signal })
    if (tar?.isWhole === false) throw new Error('not everything could be copied')
    display?.succeed(`${container}:${destination.path}`)
  } finally {
    display?.clear()
    archive.destroy()
  }
}

function archiveFor(local: string, copy: CopyIn, destination: CopyEnd, warn: (message: string) => void) {
  const source = inspectLocalSource(local, copy.followsLink)
  const { directory, rename } = planCopy(source, destination)
  const tar = new ResourceTar({ source, rename, warn })
  return { directory, bytes: tar.bytes(), tar }
}

/**
 * Inspects the destination in the container. If that fails, the path may still be created; otherwise the daemon reports
 * the error.
 */
async function containerDestination(
  { container, path }: ContainerCopy,
  { connection, signal }: CopyEnvironment,
): Promise<CopyEnd> {
  const inspect = (at: string) =>
    new ContainerArchiveApi(connection).stat({ container, path: at, signal }).catch(() => undefined)
  const first = await inspect(path)
  const target = isLink(first) ? linkTargetOf(first, path) : path
  const stat = isLink(first) ? await inspect(target) : first
  if (stat === undefined) return { path: target, exists: false, isDirectory: false, rebaseName: '' }
  const unsupported = stat.mode & DEVICE ? 'got a device' : stat.mode & IRREGULAR ? 'got an irregular file' : ''
  if (unsupported !== '')
    throw new Error(`${destinationText(container, path)} must be a directory or a regular file: ${unsupported}`)
  return { path: target, exists: true, isDirectory: (stat.mode & DIRECTORY) !== 0, rebaseName: '' }
}

function requireDirectory({ container, path }: ContainerCopy, destination: CopyEnd): string {
  if (destination.isDirectory) return destination.path
  throw new Error(`${destinationText(container, path)} must be a directory`)
}

function destinationText(container: string, path: string): string {
  return `destination "${container}:${path}"`
}

function isLink(stat: PathStat | undefined): stat is PathStat {
  return stat !== undefined && (stat.mode & SYMLINK) !== 0
}

function linkTargetOf({ linkTarget }: PathStat, path: string): string {
  return linkTarget.startsWith('/') ? linkTarget : joinPath(splitPath(path).directory, linkTarget)
}

/** @throws Error if the path is relative and the working directory has been deleted */
function absolutePath(path: string, directory: string): string {
  if (!path.startsWith('/') && directory === '') throw new Error('getwd: no such file or directory')
  const fullPath = path.startsWith('/') ? path : joinPath(directory, path)
  return restorePathEnd(cleanPath(fullPath), path)
}
