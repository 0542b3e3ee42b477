/** Copies files from one container to another, without storing them on this machine. */
import { renameTar } from '../../archive/rename-tar.ts'
import { ContainerArchiveApi } from '../../engine/api/container-archives.ts'
import { ContainerStreamApi } from '../../engine/api/container-streams.ts'
import {
  type ContainerPath,
  type CopyEnvironment,
  containerDestination,
  containerSource,
  fileSize,
  planUnpacking,
} from './copy-ends.ts'
import { spool } from './spool.ts'

export interface CopyBetween {
  readonly source: ContainerPath
  readonly destination: ContainerPath
  readonly followsLink: boolean
  /** Whether files keep their owners (`--archive`). */
  readonly keepsOwners: boolean
}

/**
 * Copies files from a container to a container. The archive of the source is sent to the destination as it arrives.
 * @throws EngineError, ConnectionError, Error with docker's message for paths that cannot be copied
 */
export async function copyBetweenContainers(copy: CopyBetween, environment: CopyEnvironment): Promise<void> {
  const { connection, display } = environment
  const api = new ContainerArchiveApi(connection)
  const source = await containerSource({ ...copy.source, followsLink: copy.followsLink }, environment)
  const destination = await containerDestination(copy.destination, environment)
  const isSame = await isSameContainer(copy, environment)
  const finished = new AbortController()
  const signal = AbortSignal.any([environment.signal, finished.signal])
  try {
    const { stat, archive } = await api.copyFrom({ container: copy.source.container, path: source.path, signal })
    const { directory, renames } = planUnpacking(stat, source, destination)
    const renamed = renames.length > 0 ? renameTar(archive, renames) : archive
    const watched = display ? display.watch(renamed) : renamed
    // The daemon locks a container while it sends an archive of it, and would never read the archive that it is sent.
    const bytes = isSame ? spool(watched) : watched
    const { container } = copy.destination
    await api.copyTo({ container, directory, archive: bytes, keepsOwners: copy.keepsOwners, signal })
    display?.succeed(`${copy.destination.container}:${destination.path}`, fileSize(stat))
  } finally {
    display?.clear()
    // Ends the response if the archive was not read to its end.
    finished.abort()
  }
}

async function isSameContainer(
  { source, destination }: CopyBetween,
  { connection, signal }: CopyEnvironment,
): Promise<boolean> {
  const api = new ContainerStreamApi(connection)
  const [{ Id: one }, { Id: other }] = await Promise.all([
    api.inspect(source.container, signal),
    api.inspect(destination.container, signal),
  ])
  return one === other
}
