/** Predicts what prunes would remove, so that a person or a script can see it before. */

import type { Cli } from '../../cli/cli.ts'
import type { ContainerSummary } from '../../domain/container/container.ts'
import type { Filters } from '../../domain/filter.ts'
import { parseInstant } from '../../domain/go/instant.ts'
import type { ImageSummary } from '../../domain/image/image.ts'
import type { NetworkSummary } from '../../domain/network/network.ts'
import type { Service } from '../../domain/service/service.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import type { DiskUsage } from '../../domain/system/disk-usage.ts'
import type { PruneKind, PrunePlan } from '../../domain/system/prune.ts'
import { matchesBuildCache, matchesLabels, untilOf } from '../../domain/system/prune-filter.ts'
import type { Clock } from '../../domain/timestamp.ts'
import type { VolumeSummary } from '../../domain/volume/volume.ts'

export interface PruneScope {
  readonly filters: Filters
  /** Whether tagged images are removed too, and all build cache. */
  readonly all?: boolean
}

/** The states of containers that a prune removes. */
const STOPPED = ['created', 'exited', 'dead'] as const

/**
 * Lists the objects that prunes of these kinds would remove. It only reads. The kinds are pruned in docker's order: an
 * image whose only container is pruned first is removed as well.
 * @param clock what times in filters count from
 * @throws EngineError, ConnectionError, and Error for a filter `until` that is not a time
 */
export async function planPrune(
  kinds: ReadonlySet<PruneKind>,
  { filters, all = false }: PruneScope,
  engine: Cli['engine'],
  clock: Clock,
): Promise<PrunePlan> {
  const until = untilOf(filters, clock)
  const isIncluded = (labels: ContainerSummary['Labels'], created: number) =>
    matchesLabels(filters, labels) && (until === undefined || created <= until)
  const containers = await listContainers(kinds, engine)
  const pruned = kinds.has('container')
    ? containers.filter(({ State = '', Labels, Created = 0 }) => isStopped(State) && isIncluded(Labels, Created))
    : []
  const remaining = containers.filter((container) => !pruned.includes(container))
  const usage = await diskUsage(kinds, engine)
  return {
    containers: pruned,
    networks: kinds.has('network')
      ? (await listUnusedNetworks(engine, remaining)).filter(({ Labels, Created = '' }) =>
          isIncluded(Labels, parseInstant(Created)?.seconds ?? 0),
        )
      : [],
    volumes: kinds.has('volume')
      ? prunableVolumes(await listVolumes(usage, engine), {
          withNamed: await removesNamed(filters, engine),
          containers: remaining,
        }).filter(({ Labels }) => matchesLabels(filters, Labels))
      : [],
    images: kinds.has('image')
      ? (await listUnusedImages(engine, all, remaining)).filter(({ Labels, Created = 0 }) =>
          isIncluded(Labels, Created),
        )
      : [],
    buildCache: kinds.has('build cache')
      ? (usage.BuildCache ?? []).filter((record) => matchesBuildCache(record, filters, all, clock))
      : [],
  }
}

/** Lists all containers. Of those that a prune may remove, the daemon computes the sizes. */
async function listContainers(kinds: ReadonlySet<PruneKind>, engine: Cli['engine']): Promise<ContainerSummary[]> {
  const all = await engine.containers.list({ all: true, size: false, filters: {} })
  // Podman refuses a filter with a state that it does not have, so the request names only those that occur.
  const stopped = STOPPED.filter((state) => all.some(({ State }) => State === state))
  if (!kinds.has('container') || stopped.length === 0) return all
  const status = Object.fromEntries(stopped.map((state) => [state, true as const]))
  const sized = await engine.containers.list({ all: true, size: true, filters: { status } })
  const sizes = new Map(sized.map(({ Id, SizeRw }) => [Id, SizeRw ?? 0]))
  return all.map((container) => {
    const size = sizes.get(container.Id)
    return size === undefined ? container : { ...container, SizeRw: size }
  })
}

function isStopped(state: string): boolean {
  return STOPPED.some((each) => each === state)
}

/** Asks for the disk usage of volumes and build cache, if they are pruned. */
async function diskUsage(kinds: ReadonlySet<PruneKind>, engine: Cli['engine']): Promise<DiskUsage> {
  const types = [
    ...(kinds.has('volume') ? (['volume'] as const) : []),
    ...(kinds.has('build cache') ? (['build-cache'] as const) : []),
  ]
  return types.length === 0 ? {} : engine.system.diskUsage(types)
}

/** Daemons list networks as dangling that containers use, so the containers and services are looked at as well. */
async function listUnusedNetworks(
  engine: Cli['engine'],
  containers: readonly ContainerSummary[],
): Promise<NetworkSummary[]> {
  const networks = await engine.networks.list({ dangling: { true: true } })
  const used = new Set(containers.filter(({ State = '' }) => !isStopped(State)).flatMap(networkNames))
  if (networks.some(({ Scope }) => Scope === 'swarm')) {
    const services = await engine.services.list({}, false)
    for (const target of services.flatMap(networkTargets)) used.add(target)
  }
  return networks.filter(({ Id = '', Name = '' }) => !used.has(Id) && !used.has(Name))
}

function networkNames({ NetworkSettings }: ContainerSummary): string[] {
  return Object.keys(NetworkSettings?.Networks ?? {})
}

/** Returns the names or ids of the networks of a service. */
function networkTargets({ Spec }: Service): string[] {
  return [...(Spec?.TaskTemplate?.Networks ?? []), ...(Spec?.Networks ?? [])].map(({ Target = '' }) => Target)
}

/** Whether named volumes are removed too: with the filter `all`, and always by daemons before API 1.42 and by Podman. */
async function removesNamed(filters: Filters, engine: Cli['engine']): Promise<boolean> {
  if (filters.all !== undefined || compareVersions(await engine.apiVersion(), '1.42') < 0) return true
  const { Components } = await engine.system.version()
  return (Components ?? []).some(({ Name }) => Name === 'Podman Engine')
}

/** Lists all volumes with their sizes. Podman's disk usage has the sizes, but neither drivers nor labels. */
async function listVolumes({ Volumes }: DiskUsage, engine: Cli['engine']): Promise<VolumeSummary[]> {
  const usage = new Map((Volumes ?? []).map(({ Name, UsageData }) => [Name, UsageData ?? null]))
  const volumes = await engine.volumes.list({})
  return volumes.map((volume) => ({ ...volume, UsageData: usage.get(volume.Name) ?? null }))
}

function prunableVolumes(
  volumes: readonly VolumeSummary[],
  { withNamed, containers }: { withNamed: boolean; containers: readonly ContainerSummary[] },
): VolumeSummary[] {
  return volumes.filter(
    (volume) => isPrunable(volume) && (withNamed || isAnonymous(volume)) && !isMounted(volume, containers),
  )
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

async function listUnusedImages(
  engine: Cli['engine'],
  all: boolean,
  containers: readonly ContainerSummary[],
): Promise<ImageSummary[]> {
  const filters: Filters = all ? {} : { dangling: { true: true } }
  const images = await engine.images.list({ all: false, manifests: false, filters })
  return images.filter(({ Id }) => !containers.some(({ ImageID }) => ImageID === Id))
}
