import type { ContainerSummary } from '../container/container.ts'
import { withoutSlash } from '../container/name.ts'
import type { ImageSummary } from '../image/image.ts'
import type { NetworkSummary } from '../network/network.ts'
import type { VolumeSummary } from '../volume/volume.ts'
import type { BuildCacheRecord } from './disk-usage.ts'

/** The kinds of objects that can be pruned. */
export type PruneKind = 'container' | 'network' | 'volume' | 'image' | 'build cache'

/** The result of a prune. */
export interface PruneReport<Removed = string> {
  /** In the daemon's order. */
  readonly removed: readonly Removed[]
  /** Bytes on disk. */
  readonly reclaimed: number
}

/** The objects that prunes would remove. The list of a kind that is not pruned is empty. */
export interface PrunePlan {
  readonly containers: readonly ContainerSummary[]
  readonly networks: readonly NetworkSummary[]
  readonly volumes: readonly VolumeSummary[]
  readonly images: readonly ImageSummary[]
  readonly buildCache: readonly BuildCacheRecord[]
}

/** An object that a prune would remove, in the words that all kinds share. */
export interface PruneCandidate {
  readonly kind: PruneKind
  /** The id, or the name of a volume. */
  readonly id: string
  readonly name: string
  /** Helps the user to decide: a state, a driver. */
  readonly detail: string
  /** Bytes on disk; absent if the daemon did not report it. */
  readonly size?: number
}

/** Lists the objects of a plan in docker's order of pruning. */
export function pruneCandidates(plan: PrunePlan): PruneCandidate[] {
  return [
    ...plan.containers.map(containerCandidate),
    ...plan.networks.map(({ Id = '', Name = '', Driver = '' }): PruneCandidate => {
      return { kind: 'network', id: Id, name: Name, detail: Driver }
    }),
    ...plan.volumes.map(volumeCandidate),
    ...plan.images.map(imageCandidate),
    ...plan.buildCache.map(({ ID = '', Type = '', Description = '', Size }): PruneCandidate => {
      return { kind: 'build cache', id: ID, name: ID.slice(0, 12), detail: Description || Type, ...sizeOf(Size) }
    }),
  ]
}

function containerCandidate({ Id = '', Names, Image = '', Status = '', SizeRw }: ContainerSummary): PruneCandidate {
  const name = withoutSlash(Names?.[0] ?? '')
  const image = Image.replace(/^sha256:([0-9a-f]{12})[0-9a-f]{52}$/, '$1')
  return { kind: 'container', id: Id, name, detail: `${image}, ${Status}`, ...sizeOf(SizeRw) }
}

function volumeCandidate({ Name = '', Driver = '', UsageData }: VolumeSummary): PruneCandidate {
  // A generated name is shortened, since nobody recognizes it.
  const name = /^[0-9a-f]{64}$/.test(Name) ? `${Name.slice(0, 12)}…` : Name
  return { kind: 'volume', id: Name, name, detail: Driver, ...sizeOf(UsageData?.Size) }
}

function imageCandidate(image: ImageSummary): PruneCandidate {
  const { Id = '', Size } = image
  const name = realTags(image).join('\n') || '<none>'
  return { kind: 'image', id: Id, name, detail: Id.replace(/^sha256:/, '').slice(0, 12), ...sizeOf(Size) }
}

/** Returns the tags of an image without the placeholder of an untagged one. */
export function realTags({ RepoTags }: ImageSummary): string[] {
  return (RepoTags ?? []).filter((tag) => tag !== '<none>:<none>')
}

/** Daemons send -1 for a size that they have not computed. */
function sizeOf(size: number | undefined): { readonly size?: number } {
  return size === undefined || size < 0 ? {} : { size }
}
