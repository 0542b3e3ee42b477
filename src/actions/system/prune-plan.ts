/** Predicts what prunes would remove, so that a person can see it before confirming. */
import type { Cli } from '../../cli/cli.ts'
import type { ContainerSummary } from '../../domain/container/container.ts'
import type { Filters } from '../../domain/filter.ts'
import type { ImageSummary } from '../../domain/image/image.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import type { PruneCandidate } from '../../domain/system/prune.ts'
import type { VolumeSummary } from '../../domain/volume/volume.ts'

/** The kinds of objects that can be pruned. */
export type PruneKind = 'container' | 'network' | 'volume' | 'image' | 'build cache'

export interface PruneScope {
  readonly filters: Filters
  /** Whether tagged images are removed too, and all build cache. */
  readonly all?: boolean
}

/**
 * Lists the objects that prunes of these kinds would remove, without the build cache. It sends list requests only. The
 * kinds are pruned in docker's order: an image whose only container is pruned first is removed as well.
 * @returns undefined if there are filters, because the list requests do not support all of them
 * @throws EngineError, ConnectionError
 */
export async function plannedRemovals(
  kinds: ReadonlySet<PruneKind>,
  { filters, all = false }: PruneScope,
  engine: Cli['engine'],
): Promise<PruneCandidate[] | undefined> {
  if (Object.keys(filters).some((name) => name !== 'all')) return undefined
  if (kinds.size === 1 && kinds.has('build cache')) return undefined
  const containers = await engine.containers.list({ all: true, size: false, filters: {} })
  const pruned = kinds.has('container') ? containers.filter(isStopped) : []
  const remaining = containers.filter((container) => !pruned.includes(container))
  const networks = kinds.has('network') ? await engine.networks.list({ dangling: { true: true } }) : []
  const volumes = kinds.has('volume') ? await engine.volumes.list({}) : []
  // Daemons before API 1.42 remove named volumes too.
  const withNamed = filters.all !== undefined || compareVersions(await engine.apiVersion(), '1.42') < 0
  const dangling = all ? {} : { dangling: { true: true as const } }
  const images = kinds.has('image') ? await engine.images.list({ all: false, manifests: false, filters: dangling }) : []
  return [
    ...pruned.map(containerRemoval),
    ...networks.map(({ Name = '', Driver = '' }): PruneCandidate => ({ kind: 'network', name: Name, detail: Driver })),
    ...volumes
      .filter((volume) => isPrunable(volume) && (withNamed || isAnonymous(volume)) && !isMounted(volume, remaining))
      .map(volumeRemoval),
    ...images.filter(({ Id }) => !remaining.some(({ ImageID }) => ImageID === Id)).map(imageRemoval),
  ]
}

function isStopped({ State = '' }: ContainerSummary): boolean {
  return ['created', 'exited', 'dead'].includes(State)
}

function containerRemoval({ Names, Image = '', Status = '' }: ContainerSummary): PruneCandidate {
  const name = (Names?.[0] ?? '').replace(/^\//, '')
  return { kind: 'container', name, detail: `${Image}, ${Status}` }
}

/** Daemons prune neither volumes of other drivers nor volumes that were created with options. */
function isPrunable({ Driver, Options }: VolumeSummary): boolean {
  return Driver === 'local' && Object.keys(Options ?? {}).length === 0
}

/** Whether the daemon generated the volume's name. */
function isAnonymous({ Labels }: VolumeSummary): boolean {
  return Labels != null && 'com.docker.volume.anonymous' in Labels
}

function isMounted({ Name }: VolumeSummary, containers: readonly ContainerSummary[]): boolean {
  return containers.some(({ Mounts }) => (Mounts ?? []).some((mount) => mount.Type === 'volume' && mount.Name === Name))
}

function volumeRemoval({ Name = '', Driver = '' }: VolumeSummary): PruneCandidate {
  // A generated name is shortened, since nobody recognizes it.
  const name = /^[0-9a-f]{64}$/.test(Name) ? `${Name.slice(0, 12)}…` : Name
  return { kind: 'volume', name, detail: Driver }
}

function imageRemoval({ Id = '', RepoTags, Size }: ImageSummary): PruneCandidate {
  const tags = (RepoTags ?? []).filter((tag) => tag !== '<none>:<none>')
  const id = Id.replace(/^sha256:/, '').slice(0, 12)
  return { kind: 'image', name: tags.join('\n') || '<none>', detail: id, ...(Size === undefined ? {} : { size: Size }) }
}
