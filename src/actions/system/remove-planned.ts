/** Removes exactly the objects of a plan that the user has seen and confirmed. */
import type { Cli } from '../../cli/cli.ts'
import { EngineError } from '../../domain/errors.ts'
import type { ImageDeletion, ImageSummary } from '../../domain/image/image.ts'
import { type PruneKind, type PrunePlan, type PruneReport, realTags } from '../../domain/system/prune.ts'

type Engine = Cli['engine']

/**
 * Removes the planned objects of one kind, one by one. An object that has come into use since then stays, and one that
 * is gone is no error.
 * @returns what was removed, as a prune reports it
 * @throws EngineError, ConnectionError
 */
export async function removePlanned(
  kind: Exclude<PruneKind, 'image'>,
  plan: PrunePlan,
  engine: Engine,
): Promise<PruneReport> {
  switch (kind) {
    case 'container':
      return removeEach(plan.containers, {
        idOf: ({ Id = '' }) => Id,
        sizeOf: ({ SizeRw = 0 }) => SizeRw,
        remove: (id) => engine.containers.remove(id, { force: false, volumes: false, link: false }),
      })
    case 'network':
      return removeEach(plan.networks, {
        idOf: ({ Id = '', Name = '' }) => ({ id: Id, shown: Name }),
        sizeOf: () => 0,
        remove: (id) => engine.networks.remove(id),
      })
    case 'volume':
      return removeEach(plan.volumes, {
        idOf: ({ Name = '' }) => Name,
        sizeOf: ({ UsageData }) => Math.max(0, UsageData?.Size ?? 0),
        remove: (name) => engine.volumes.remove(name, false),
      })
    case 'build cache':
      return removeBuildCache(plan, engine)
  }
}

interface Removal<T> {
  /** The id for the request; with `shown` if the report names the object differently. */
  readonly idOf: (object: T) => string | { readonly id: string; readonly shown: string }
  /** Bytes on disk. */
  readonly sizeOf: (object: T) => number
  readonly remove: (id: string) => Promise<void>
}

async function removeEach<T>(objects: readonly T[], { idOf, sizeOf, remove }: Removal<T>): Promise<PruneReport> {
  const removed: string[] = []
  let reclaimed = 0
  for (const object of objects) {
    const id = idOf(object)
    const { id: requested, shown } = typeof id === 'string' ? { id, shown: id } : id
    if (!(await unlessChanged(async () => remove(requested)))) continue
    removed.push(shown)
    reclaimed += sizeOf(object)
  }
  return { removed, reclaimed }
}

/** Runs a removal. @returns false if the object is gone (404) or in use (403 for networks, 409 for the others) */
async function unlessChanged(remove: () => Promise<void>): Promise<boolean> {
  try {
    await remove()
    return true
  } catch (error) {
    if (error instanceof EngineError && [403, 404, 409].includes(error.statusCode)) return false
    throw error
  }
}

/**
 * Removes the planned records. A record that others are based on can only be removed after them, so the requests are
 * repeated while they remove something.
 */
async function removeBuildCache({ buildCache }: PrunePlan, engine: Engine): Promise<PruneReport> {
  const removed: string[] = []
  let reclaimed = 0
  let pending = buildCache.map(({ ID = '' }) => ID)
  for (let isProgressing = true; isProgressing && pending.length > 0; ) {
    const before = removed.length
    for (const id of pending) {
      const filters = { id: { [id]: true as const } }
      const report = await engine.buildCache.prune({ all: true, keepStorage: 0, filters })
      removed.push(...report.removed)
      reclaimed += report.reclaimed
    }
    pending = pending.filter((id) => !removed.includes(id))
    isProgressing = removed.length > before
  }
  return { removed, reclaimed }
}

/**
 * Removes the planned images by their tags, and untagged ones by their id. A tag that belongs to another image by now
 * stays.
 * @returns what was removed, with the sizes of images of which nothing is left
 * @throws EngineError, ConnectionError
 */
export async function removePlannedImages({ images }: PrunePlan, engine: Engine): Promise<PruneReport<ImageDeletion>> {
  const current = await engine.images.list({ all: true, manifests: false, filters: {} })
  const owners = new Map(current.flatMap((image) => realTags(image).map((tag) => [tag, image.Id ?? ''])))
  const removed: ImageDeletion[] = []
  let reclaimed = 0
  for (const image of images) {
    const { Id = '', Size = 0 } = image
    for (const reference of referencesOf(image, owners)) {
      await unlessChanged(async () => {
        removed.push(...(await engine.images.remove(reference, { force: false, prune: true, platforms: [] })))
      })
    }
    // Podman reports ids without the algorithm.
    if (removed.some(({ Deleted = '' }) => Deleted !== '' && Id.endsWith(Deleted))) reclaimed += Size
  }
  return { removed, reclaimed }
}

function referencesOf(image: ImageSummary, owners: ReadonlyMap<string, string>): string[] {
  const { Id = '' } = image
  const tags = realTags(image)
  return tags.length === 0 ? [Id] : tags.filter((tag) => owners.get(tag) === Id)
}
