/** Lists images with filters that daemons do not have: `label!=keep`, and name patterns with `**` that cross slashes. */
import type { Filters } from '../../domain/filter.ts'
import type { ImageSummary } from '../../domain/image/image.ts'
import { parseReferencePattern, repositoryOf } from '../../domain/image/reference-pattern.ts'
import type { ListImages } from './list-requests.ts'
import { listDifference, withoutIds } from './negated-filters.ts'

type List = (request: ListImages) => Promise<ImageSummary[]>

/**
 * Lists images. A filter of names is about names: an image of which other names remain stays with these.
 * @throws Error if a name pattern is malformed
 */
export async function listFilteredImages(request: ListImages, list: List): Promise<ImageSummary[]> {
  const withoutManifests = { ...request, manifests: false }
  return listDifference(
    request.filters,
    async (filters) => listByPatterns({ ...request, filters }, list),
    async (filters) => listByPatterns({ ...withoutManifests, filters }, list),
    (rows, matches, { key }) =>
      key === 'reference' ? withoutNames(rows, matches) : withoutIds(rows, matches, ({ Id }) => Id),
  )
}

/** Lists images; the names are matched here if a pattern contains `**`, and by the daemon otherwise. */
async function listByPatterns(request: ListImages, list: List): Promise<ImageSummary[]> {
  const { reference, ...filters } = request.filters
  const patterns = Object.keys(reference ?? {})
  const deep = patterns.filter((pattern) => pattern.includes('**')).map(parseReferencePattern)
  if (deep.length === 0) return list(request)
  const images = await list({ ...request, filters })
  const plain = patterns.filter((pattern) => !pattern.includes('**'))
  const listed = plain.length === 0 ? [] : await list({ ...request, manifests: false, filters: onlyNames(plain) })
  const names = namesById(listed)
  return keepNames(
    images,
    (name, { Id = '' }) => names.get(Id)?.has(name) === true || deep.some((isMatch) => isMatch(name)),
  )
}

function onlyNames(patterns: readonly string[]): Filters {
  return { reference: Object.fromEntries(patterns.map((pattern) => [pattern, true as const])) }
}

function namesById(images: readonly ImageSummary[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>()
  for (const image of images) {
    const { Id = '' } = image
    names.set(Id, new Set([...(names.get(Id) ?? []), ...tagsAndDigests(image)]))
  }
  return names
}

/** Keeps the images that have a matching name, with their matching names, as daemons do for a filter of names. */
function keepNames(
  images: readonly ImageSummary[],
  isKept: (name: string, image: ImageSummary) => boolean,
): ImageSummary[] {
  return images
    .map((image) => ({
      ...image,
      RepoTags: (image.RepoTags ?? []).filter((name) => isName(name) && isKept(name, image)),
      RepoDigests: (image.RepoDigests ?? []).filter((name) => isName(name) && isKept(name, image)),
    }))
    .filter((image) => tagsAndDigests(image).length > 0)
}

/**
 * Takes the names of the matches away. A digest goes with the last tag of its repository: `busybox:*` matches no digest,
 * but what it leaves out is busybox. Images that had no name stay as they are.
 */
function withoutNames(images: ImageSummary[], matches: readonly ImageSummary[]): ImageSummary[] {
  const names = namesById(matches)
  return images.flatMap((image) => {
    const excluded = names.get(image.Id ?? '')
    if (excluded === undefined) return [image]
    const tags = (image.RepoTags ?? []).filter(isName)
    const tagged = new Set(tags.map(repositoryOf))
    const remaining = new Set(tags.filter((tag) => !excluded.has(tag)).map(repositoryOf))
    return keepNames([image], (name) => {
      const repository = repositoryOf(name)
      return !excluded.has(name) && (remaining.has(repository) || !tagged.has(repository))
    })
  })
}

function tagsAndDigests({ RepoTags, RepoDigests }: ImageSummary): string[] {
  return [...(RepoTags ?? []), ...(RepoDigests ?? [])].filter(isName)
}

/** Whether a name is not the placeholder `<none>:<none>` or `<none>@<none>` of an image without one. */
function isName(name: string): boolean {
  return !name.startsWith('<none>')
}
