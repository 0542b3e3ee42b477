import { Readable } from 'node:stream'
import { type CopyEnd, keepTrailing, planCopy, type Rename, rebased, splitPath } from '../../archive/copy-path.ts'
import { cleanPath, joinPath } from '../../archive/go-path.ts'
import { checkOutputPath, localDestination } from '../../archive/local-destination.ts'
import { localSource } from '../../archive/local-source.ts'
import { ResourceTar } from '../../archive/resource-tar.ts'
import { unpack } from '../../archive/unpack.ts'
import { copyFrom, copyTo, type PathStat, statPath } from '../../engine/api/container-archives.ts'
import type { Connection } from '../../engine/connection.ts'
import type { CopyDisplay } from '../../format/progress/copy.ts'

/** Bits of Go's `fs.FileMode`. */
const DIRECTORY = 1 << 31
const SYMLINK = 1 << 27
const DEVICE = 1 << 26
const IRREGULAR = 1 << 19

/** `-` in the place of a path: an archive on stdin or stdout. */
const STREAM = '-'

export interface ContainerCopy {
  readonly container: string
  /** The path in the container. */
  readonly path: string
  /** Ours, as typed; `-` for an archive. */
  readonly local: string
  readonly followsLink: boolean
}

export interface CopyEnvironment {
  readonly connection: Connection
  /** The directory that local paths are relative to. */
  readonly directory: string
  /** Nothing where nothing is to be said. */
  readonly display: CopyDisplay | undefined
  readonly signal: AbortSignal
}

/**
 * Copies out of a container.
 * @param writeOut takes the archive itself, for `-`
 * @throws EngineError ConnectionError; Error in docker's words for what cannot be
 */
export async function copyFromContainer(
  copy: ContainerCopy,
  clientEnvironment: CopyEnvironment,
  writeOut: (archive: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const { connection, display } = clientEnvironment
  const isStream = copy.local === STREAM
  const local = isStream ? STREAM : absolute(copy.local, clientEnvironment.directory)
  if (!isStream) checkOutputPath(local)
  const { path, rebaseName } = await containerSource(copy, clientEnvironment)
  const over = new AbortController()
  const signal = AbortSignal.any([clientEnvironment.signal, over.signal])
  try {
    const { stat, archive } = await copyFrom(connection, { container: copy.container, path, signal })
    if (isStream) return await writeOut(archive)
    const source: CopyEnd = { path, exists: true, isDirectory: (stat.mode & DIRECTORY) !== 0, rebaseName }
    const plan = planCopy(source, localDestination(local))
    const followed: Rename[] = rebaseName === '' ? [] : [{ from: splitPath(path).name, to: rebaseName }]
    const renames = plan.rename ? [...followed, plan.rename] : followed
    await unpack(display ? display.watch(archive) : archive, { directory: plan.directory, renames })
    display?.succeed(local)
  } finally {
    display?.clear()
    // An archive that is of no use is not waited for.
    over.abort()
  }
}

/** What `-L` makes of a link in the container: what it points to, under the link's name. */
async function containerSource(
  { container, path, followsLink }: ContainerCopy,
  { connection, signal }: CopyEnvironment,
): Promise<{ path: string; rebaseName: string }> {
  const stat = followsLink ? await statPath(connection, { container, path, signal }).catch(() => undefined) : undefined
  if (!isLink(stat)) return { path, rebaseName: '' }
  return rebased(path, linkTargetOf(stat, path))
}

export interface CopyIn extends ContainerCopy {
  /** Whether files go on belonging to whom they belong. */
  readonly keepsOwners: boolean
}

export interface CopyInEnvironment extends CopyEnvironment {
  /** An archive, for `-`. */
  readonly input: () => AsyncIterable<Buffer>
  /** Told, in docker's words, of what could not be archived. */
  readonly warn: (message: string) => void
}

/**
 * Copies into a container.
 * @throws EngineError ConnectionError; Error in docker's words for what cannot be
 */
export async function copyToContainer(copy: CopyIn, clientEnvironment: CopyInEnvironment): Promise<void> {
  const { connection, display, signal } = clientEnvironment
  const { container, keepsOwners } = copy
  const local = copy.local === STREAM ? STREAM : absolute(copy.local, clientEnvironment.directory)
  const destination = await containerDestination(copy, clientEnvironment)
  const { directory, bytes, tar } =
    local === STREAM
      ? { directory: checkedDirectory(copy, destination), bytes: clientEnvironment.input(), tar: undefined }
      : archiveFor(local, copy, destination, clientEnvironment.warn)
  const archive = Readable.from(display ? display.watch(bytes) : bytes, { objectMode: false })
  try {
    await copyTo(connection, { container, directory, archive, keepsOwners, signal })
    if (tar?.isWhole === false) throw new Error('not everything could be copied')
    display?.succeed(`${container}:${destination.path}`)
  } finally {
    display?.clear()
    archive.destroy()
  }
}

function archiveFor(local: string, copy: CopyIn, destination: CopyEnd, warn: (message: string) => void) {
  const source = localSource(local, copy.followsLink)
  const { directory, rename } = planCopy(source, destination)
  const tar = new ResourceTar({ source, rename, warn })
  return { directory, bytes: tar.bytes(), tar }
}

/**
 * Looks at where something is to be copied to. What cannot be looked at may still be made; if not, the daemon will say
 * so.
 */
async function containerDestination(
  { container, path }: ContainerCopy,
  { connection, signal }: CopyEnvironment,
): Promise<CopyEnd> {
  const look = (at: string) => statPath(connection, { container, path: at, signal }).catch(() => undefined)
  const first = await look(path)
  const target = isLink(first) ? linkTargetOf(first, path) : path
  const stat = isLink(first) ? await look(target) : first
  if (stat === undefined) return { path: target, exists: false, isDirectory: false, rebaseName: '' }
  const odd = stat.mode & DEVICE ? 'got a device' : stat.mode & IRREGULAR ? 'got an irregular file' : ''
  if (odd !== '') throw new Error(`${quoted(container, path)} must be a directory or a regular file: ${odd}`)
  return { path: target, exists: true, isDirectory: (stat.mode & DIRECTORY) !== 0, rebaseName: '' }
}

function checkedDirectory({ container, path }: ContainerCopy, destination: CopyEnd): string {
  if (destination.isDirectory) return destination.path
  throw new Error(`${quoted(container, path)} must be a directory`)
}

function quoted(container: string, path: string): string {
  return `destination "${container}:${path}"`
}

function isLink(stat: PathStat | undefined): stat is PathStat {
  return stat !== undefined && (stat.mode & SYMLINK) !== 0
}

function linkTargetOf({ linkTarget }: PathStat, path: string): string {
  return linkTarget.startsWith('/') ? linkTarget : joinPath(splitPath(path).directory, linkTarget)
}

/** @throws Error when the path is relative to a directory that is gone */
function absolute(path: string, directory: string): string {
  if (!path.startsWith('/') && directory === '') throw new Error('getwd: no such file or directory')
  const whole = path.startsWith('/') ? path : joinPath(directory, path)
  return keepTrailing(cleanPath(whole), path)
}
