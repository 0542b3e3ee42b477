/** The ends of copies: what `cp` knows of a source or destination before it copies. */
import {
  type CopyEnd,
  type CopyPlan,
  planCopy,
  type Rename,
  rebasePath,
  restorePathEnd,
  splitPath,
} from '../../archive/copy-path.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { cleanPath, joinPath } from '../../domain/go/path.ts'
import { ContainerArchiveApi, type PathStat } from '../../engine/api/container-archives.ts'
import type { Connection } from '../../engine/connection.ts'
import type { CopyDisplay } from '../../format/progress/copy.ts'

/** Bits of Go's `fs.FileMode`. */
const DIRECTORY = 1 << 31
const SYMLINK = 1 << 27
const DEVICE = 1 << 26
const PIPE = 1 << 25
const SOCKET = 1 << 24
const IRREGULAR = 1 << 19
const FILE_TYPE = DIRECTORY | SYMLINK | DEVICE | PIPE | SOCKET | IRREGULAR

/** In place of a local path: an archive on stdin or stdout. */
export const STREAM = '-'

/** A path in a container. */
export interface ContainerPath {
  readonly container: string
  readonly path: string
}

export interface ContainerCopy extends ContainerPath {
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

/** The path of a source after links were resolved for `-L`, and its typed name if that differs. */
export interface ResolvedSource {
  readonly path: string
  readonly rebaseName: string
}

/** Resolves a symbolic link in the container for `-L`. The copy keeps the name of the link. */
export async function containerSource(
  { container, path, followsLink }: ContainerPath & { readonly followsLink: boolean },
  { connection, signal }: Pick<CopyEnvironment, 'connection' | 'signal'>,
): Promise<ResolvedSource> {
  const stat = followsLink
    ? await new ContainerArchiveApi(connection).stat({ container, path, signal }).catch(() => undefined)
    : undefined
  if (!isLink(stat)) return { path, rebaseName: '' }
  return rebasePath(path, linkTargetOf(stat, path))
}

/** Decides where the archive of a path in a container goes, and how its entries are renamed. */
export function planUnpacking(
  { mode }: PathStat,
  { path, rebaseName }: ResolvedSource,
  destination: CopyEnd,
): { directory: string; renames: Rename[] } {
  const source: CopyEnd = { path, exists: true, isDirectory: (mode & DIRECTORY) !== 0, rebaseName }
  const { directory, rename }: CopyPlan = planCopy(source, destination)
  const followed: Rename[] = rebaseName === '' ? [] : [{ from: splitPath(path).name, to: rebaseName }]
  return { directory, renames: rename ? [...followed, rename] : followed }
}

/**
 * Inspects the destination in the container. If that fails, the path may still be created; otherwise the daemon reports
 * the error.
 */
export async function containerDestination(
  { container, path }: ContainerPath,
  { connection, signal }: Pick<CopyEnvironment, 'connection' | 'signal'>,
): Promise<CopyEnd> {
  const inspect = (at: string) =>
    new ContainerArchiveApi(connection).stat({ container, path: at, signal }).catch(() => undefined)
  const first = await inspect(path)
  const target = isLink(first) ? linkTargetOf(first, path) : path
  const stat = isLink(first) ? await inspect(target) : first
  if (stat === undefined) return { path: target, exists: false, isDirectory: false, rebaseName: '' }
  const unsupported = stat.mode & DEVICE ? 'got a device' : stat.mode & IRREGULAR ? 'got an irregular file' : ''
  if (unsupported !== '')
    throw new Error(`${destinationText({ container, path })} must be a directory or a regular file: ${unsupported}`)
  return { path: target, exists: true, isDirectory: (stat.mode & DIRECTORY) !== 0, rebaseName: '' }
}

/** Returns the path of a destination. @throws Error if it is not a directory */
export function requireDirectory(typed: ContainerPath, destination: CopyEnd): string {
  if (destination.isDirectory) return destination.path
  throw new Error(`${destinationText(typed)} must be a directory`)
}

/** Returns docker's words for a destination. A local path has no container. */
function destinationText({ container, path }: ContainerPath): string {
  return `destination "${container === '' ? '' : `${container}:`}${path}"`
}

/** Returns the size of a regular file in bytes; undefined for anything else, whose content the daemon does not measure. */
export function fileSize({ mode, size }: PathStat): number | undefined {
  return (mode & FILE_TYPE) === 0 ? size : undefined
}

function isLink(stat: PathStat | undefined): stat is PathStat {
  return stat !== undefined && (stat.mode & SYMLINK) !== 0
}

function linkTargetOf({ linkTarget }: PathStat, path: string): string {
  return linkTarget.startsWith('/') ? linkTarget : joinPath(splitPath(path).directory, linkTarget)
}

/** Returns the absolute form of a local path. @throws Error if the path is relative and the working directory has been deleted */
export function absolutePath(path: string, directory: string): string {
  if (!path.startsWith('/') && directory === '') throw new Error('getwd: no such file or directory')
  const fullPath = path.startsWith('/') ? path : joinPath(directory, path)
  return restorePathEnd(cleanPath(fullPath), path)
}

/** Returns docker's error for a copy from a local path to a local path. */
export function noContainerError(): ExitStatus {
  const hint = 'write a path in a container as CONTAINER:PATH'
  return new ExitStatus(1, 'must specify at least one container source', hint)
}
