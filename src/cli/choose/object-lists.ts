/** The lists of objects that commands choose from: how each kind is requested, named and printed. */
import type { ContainerSummary } from '../../domain/container/container.ts'
import { withoutSlash } from '../../domain/container/name.ts'
import type { Filters } from '../../domain/filter.ts'
import type { ImageSummary } from '../../domain/image/image.ts'
import { parseFamiliar } from '../../domain/image/reference.ts'
import { compareNaturally } from '../../domain/natural-order.ts'
import type { NetworkSummary } from '../../domain/network/network.ts'
import { realTags } from '../../domain/system/prune.ts'
import type { VolumeSummary } from '../../domain/volume/volume.ts'
import type { ObjectKind } from '../../engine/api/objects.ts'
import type { Engine } from '../../engine/engine.ts'
import type { ArgumentCompletion } from '../../flags/completion-source.ts'
import { humanSize } from '../../format/text/units.ts'
import { containerView } from '../../format/views/container/list.ts'
import { imageView } from '../../format/views/image/list.ts'
import { type Display, listView, type View } from '../../format/views/list.ts'
import { networkList } from '../../format/views/network/list.ts'
import { volumeList } from '../../format/views/volume/list.ts'
import type { Target } from '../each.ts'

/** A list of objects of one kind. */
export interface ObjectList<Row> {
  readonly kind: ObjectKind
  /** Requests the objects that a command is for. @param needsSize whether the daemon computes sizes */
  readonly list: (engine: Engine, filters: Filters, needsSize: boolean) => Promise<Row[]>
  /** Requests all objects, whether a command is for them or not. */
  readonly listAll: (engine: Engine, needsSize: boolean) => Promise<Row[]>
  /** Returns the id, or the name of a volume. */
  readonly idOf: (row: Row) => string
  /** Returns what a command acts on: each tag of an image, and the object itself for other kinds. */
  readonly targetsOf: (row: Row) => readonly Target[]
  /** Returns an object with only the name that was typed, if it has others. */
  readonly narrow: (row: Row, name: string) => Row
  /** Returns what tells objects apart: a state and an image, a size. */
  readonly detailOf: (row: Row) => string
  /** Prepares the list's output. @throws FormatError */
  readonly view: (format: string, display: Display) => Promise<View<Row>>
}

/** Passes the list that an argument of a command is chosen from. */
export async function withObjects<T>(
  completes: ArgumentCompletion,
  use: <Row>(objects: ObjectList<Row>) => Promise<T>,
): Promise<T> {
  switch (completes) {
    case 'images':
      return use(images)
    case 'networks':
      return use(networks)
    case 'volumes':
      return use(volumes)
    default:
      return use(containers(completes))
  }
}

/** The states of the containers that an argument stands for; all where absent. */
const STATES: Readonly<Record<string, readonly string[]>> = {
  'paused containers': ['paused'],
  'running containers': ['running', 'paused', 'restarting'],
  'stopped containers': ['created', 'exited'],
  'unpaused containers': ['running'],
}

/** The filters of states. Where one is typed, it takes the place of the states that the argument stands for. */
const STATE_FILTERS = ['status', 'exited']

function containers(completes: ArgumentCompletion): ObjectList<ContainerSummary> {
  const states = typeof completes === 'string' ? STATES[completes] : undefined
  return {
    kind: 'container',
    list: async (engine, filters, size) => {
      // Without `all`, podman leaves paused containers out.
      const listed = await engine.containers.list({ all: true, size, filters })
      const isStateTyped = STATE_FILTERS.some((key) => filters[key] !== undefined)
      const chosen = listed.filter(({ State = '' }) => states === undefined || isStateTyped || states.includes(State))
      // What is started may depend on what is older.
      return completes === 'stopped containers' ? oldestFirst(chosen) : chosen
    },
    listAll: (engine, size) => engine.containers.list({ all: true, size, filters: {} }),
    narrow: (row) => row,
    idOf: ({ Id = '' }) => Id,
    targetsOf: ({ Id = '', Names }) => [{ id: Id, name: withoutSlash(Names?.[0] ?? '') || Id.slice(0, 12) }],
    detailOf: ({ Status = '', Image = '' }) => `${Status}  ${Image}`,
    view: (format, display) => containerView({ format, quiet: false, noTrunc: false, size: false }, display),
  }
}

/** Sorts containers by the time of their creation. Within a second, the order is the reverse of the daemon's. */
function oldestFirst(containers: readonly ContainerSummary[]): ContainerSummary[] {
  return containers.toReversed().sort((a, b) => (a.Created ?? 0) - (b.Created ?? 0))
}

const images: ObjectList<ImageSummary> = {
  kind: 'image',
  list: (engine, filters) => engine.images.list({ all: false, manifests: false, filters }),
  listAll: (engine) => engine.images.list({ all: true, manifests: false, filters: {} }),
  idOf: ({ Id = '' }) => Id,
  narrow: (image, name) => {
    const { name: repository = '', tag = '' } = parseFamiliar(name) ?? {}
    const typed = `${repository}:${tag || 'latest'}`
    if (!realTags(image).includes(typed)) return image
    const digests = (image.RepoDigests ?? []).filter((digest) => digest.startsWith(`${repository}@`))
    return { ...image, RepoTags: [typed], RepoDigests: digests }
  },
  targetsOf: imageTargets,
  detailOf: ({ Id = '', Size = 0 }) => `${shortId(Id)}  ${humanSize(Size)}`,
  view: (format, display) => imageView({ format, quiet: false, noTrunc: false, digests: false }, display),
}

/**
 * Returns the names of an image that the list shows, and the id only where there is none: an image that a filter lists by
 * one name may have others, which the id would remove too.
 */
function imageTargets(image: ImageSummary): readonly Target[] {
  const { Id = '', RepoDigests } = image
  const tags = realTags(image)
  const names = tags.length > 0 ? tags : (RepoDigests ?? []).filter((digest) => !digest.startsWith('<none>'))
  return names.length > 0 ? names.map((name) => ({ id: name, name })) : [{ id: Id, name: shortId(Id) }]
}

function shortId(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, 12)
}

/** The networks that the daemon creates and never removes. */
const PREDEFINED_NETWORKS = ['bridge', 'host', 'none']

const networks: ObjectList<NetworkSummary> = {
  kind: 'network',
  list: async (engine, filters) =>
    byName(await engine.networks.list(filters)).filter(({ Name = '' }) => !PREDEFINED_NETWORKS.includes(Name)),
  listAll: async (engine) => byName(await engine.networks.list({})),
  idOf: ({ Id = '' }) => Id,
  narrow: (network) => network,
  targetsOf: ({ Id = '', Name = '' }) => [{ id: Id, name: Name }],
  detailOf: ({ Driver = '' }) => Driver,
  view: (format, display) => listView(networkList, { format }, display),
}

const volumes: ObjectList<VolumeSummary> = {
  kind: 'volume',
  list: async (engine, filters) => byName(await engine.volumes.list(filters)),
  listAll: async (engine) => byName(await engine.volumes.list({})),
  idOf: ({ Name = '' }) => Name,
  narrow: (volume) => volume,
  targetsOf: ({ Name = '' }) => [{ id: Name, name: Name }],
  detailOf: ({ Driver = '' }) => Driver,
  view: (format, display) => listView(volumeList, { format }, display),
}

/** Sorts a list as `network ls` and `volume ls` do. */
function byName<Row extends { readonly Name?: string }>(rows: readonly Row[]): Row[] {
  return rows.toSorted((a, b) => compareNaturally(a.Name ?? '', b.Name ?? ''))
}
