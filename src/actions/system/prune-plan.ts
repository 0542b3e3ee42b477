import type { Cli } from '../../cli/cli.ts'
import type { ContainerSummary } from '../../domain/container/container.ts'
import type { ImageSummary } from '../../domain/image/image.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import type { PruneCandidate } from '../../domain/system/prune.ts'
import type { VolumeSummary } from '../../domain/volume/volume.ts'
import type { Prune, PruneChoice } from './prune.ts'

/**
 * What prunes would remove, found out by lists alone; the build cache is left out. What is pruned first no longer holds
 * what comes later: `system prune` takes the image of a container that goes, too.
 * @returns undefined where filters decide, some of which lists do not know
 * @throws EngineError ConnectionError
 */
export async function plannedRemovals(
  prunes: readonly Prune[],
  { filters, all = false }: PruneChoice,
  engine: Cli['engine'],
): Promise<PruneCandidate[] | undefined> {
  if (Object.keys(filters).some((name) => name !== 'all')) return undefined
  const kinds = new Set(prunes.map(({ kind }) => kind))
  if (kinds.size === 1 && kinds.has('build cache')) return undefined
  const containers = await engine.containers.list({ all: true, size: false, filters: {} })
  const idle = kinds.has('container') ? containers.filter(isIdle) : []
  const staying = containers.filter((container) => !idle.includes(container))
  const networks = kinds.has('network') ? await engine.networks.list({ dangling: { true: true } }) : []
  const volumes = kinds.has('volume') ? await engine.volumes.list({}) : []
  // Before API 1.42 daemons remove volumes that have been given a name, too.
  const named = filters.all !== undefined || compareVersions(await engine.apiVersion(), '1.42') < 0
  const dangling = all ? {} : { dangling: { true: true as const } }
  const images = kinds.has('image') ? await engine.images.list({ all: false, manifests: false, filters: dangling }) : []
  return [
    ...idle.map(containerRemoval),
    ...networks.map(({ Name = '', Driver = '' }): PruneCandidate => ({ kind: 'network', name: Name, detail: Driver })),
    ...volumes
      .filter((volume) => isPrunable(volume) && (named || isAnonymous(volume)) && !isMounted(volume, staying))
      .map(volumeRemoval),
    ...images.filter(({ Id }) => !staying.some(({ ImageID }) => ImageID === Id)).map(imageRemoval),
  ]
}

/** Whether a prune takes it: whatever does not run. */
function isIdle({ State = '' }: ContainerSummary): boolean {
  return ['created', 'exited', 'dead'].includes(State)
}

function containerRemoval({ Names, Image = '', Status = '' }: ContainerSummary): PruneCandidate {
  const name = (Names?.[0] ?? '').replace(/^\//, '')
  return { kind: 'container', name, detail: `${Image}, ${Status}` }
}

/** Daemons leave alone what other drivers keep, and what was made with options. */
function isPrunable({ Driver, Options }: VolumeSummary): boolean {
  return Driver === 'local' && Object.keys(Options ?? {}).length === 0
}

/** Whether the daemon made its name up. */
function isAnonymous({ Labels }: VolumeSummary): boolean {
  return Labels != null && 'com.docker.volume.anonymous' in Labels
}

function isMounted({ Name }: VolumeSummary, containers: readonly ContainerSummary[]): boolean {
  return containers.some(({ Mounts }) => (Mounts ?? []).some((mount) => mount.Type === 'volume' && mount.Name === Name))
}

function volumeRemoval({ Name = '', Driver = '' }: VolumeSummary): PruneCandidate {
  // A name that the daemon made up tells nobody anything.
  const name = /^[0-9a-f]{64}$/.test(Name) ? `${Name.slice(0, 12)}…` : Name
  return { kind: 'volume', name, detail: Driver }
}

function imageRemoval({ Id = '', RepoTags, Size }: ImageSummary): PruneCandidate {
  const tags = (RepoTags ?? []).filter((tag) => tag !== '<none>:<none>')
  const id = Id.replace(/^sha256:/, '').slice(0, 12)
  return { kind: 'image', name: tags.join('\n') || '<none>', detail: id, ...(Size === undefined ? {} : { size: Size }) }
}
