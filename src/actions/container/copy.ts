/** Copies files into and out of containers. */
import { type CopyEnd, planCopy } from '../../archive/copy-path.ts'
import type { ArchiveInput } from '../../archive/input-file.ts'
import { checkOutputPath, inspectLocalDestination, inspectLocalSource } from '../../archive/local-copy-end.ts'
import { ResourceTar } from '../../archive/resource-tar.ts'
import { unpack } from '../../archive/unpack.ts'
import { ContainerArchiveApi } from '../../engine/api/container-archives.ts'
import {
  absolutePath,
  type ContainerCopy,
  type CopyEnvironment,
  containerDestination,
  containerSource,
  planUnpacking,
  requireDirectory,
  STREAM,
} from './copy-ends.ts'

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
  const source = await containerSource(copy, environment)
  const finished = new AbortController()
  const signal = AbortSignal.any([environment.signal, finished.signal])
  try {
    const { stat, archive } = await new ContainerArchiveApi(connection).copyFrom({
      container: copy.container,
      path: source.path,
      signal,
    })
    if (isStream) return await writeOut(archive)
    const plan = planUnpacking(stat, source, inspectLocalDestination(local))
    const contentSize = await unpack(display ? display.watch(archive) : archive, plan)
    display?.succeed(local, contentSize)
  } finally {
    display?.clear()
    // Ends the response if the archive was not read to its end.
    finished.abort()
  }
}

export interface CopyIn extends ContainerCopy {
  /** Whether files keep their owners (`--archive`). */
  readonly keepsOwners: boolean
}

export interface CopyInEnvironment extends CopyEnvironment {
  /** Opens the archive for `-`. */
  readonly input: () => ArchiveInput
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
  const { directory, source, tar } =
    local === STREAM
      ? { directory: requireDirectory(copy, destination), source: environment.input(), tar: undefined }
      : archiveFor(local, copy, destination, environment.warn)
  const archive = display ? display.watch(source.bytes) : source.bytes
  try {
    await new ContainerArchiveApi(connection).copyTo({ container, directory, archive, keepsOwners, signal })
    if (tar?.isWhole === false) throw new Error('not everything could be copied')
    display?.succeed(`${container}:${destination.path}`, tar?.contentSize)
  } finally {
    display?.clear()
    source.close()
  }
}

function archiveFor(local: string, copy: CopyIn, destination: CopyEnd, warn: (message: string) => void) {
  const source = inspectLocalSource(local, copy.followsLink)
  const { directory, rename } = planCopy(source, destination)
  const tar = new ResourceTar({ source, rename, warn })
  return { directory, source: { bytes: tar.bytes(), close: () => {} }, tar }
}
