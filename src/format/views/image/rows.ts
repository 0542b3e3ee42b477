import { familiar } from '../../../domain/image/familiar.ts'
import type { ImageSummary } from '../../../domain/image/image.ts'
import type { ImageRow } from './fields.ts'

const NONE = '<none>'

/** Which digests a list shows. */
export interface DigestRows {
  /** Repeat a tag's row for every digest of its repository. */
  readonly ofTags: boolean
  /** A row for every digest that has no tag, instead of one for its repository. */
  readonly ofUntagged: boolean
}

/**
 * The rows `docker images` makes of the daemon's images: one for each tag, one for a repository known by digest only,
 * `<none>` for an image without a name; names that are no references give no row (docker/cli formatter.imageFormat).
 */
export function imageRows(images: readonly ImageSummary[], digests: DigestRows): ImageRow[] {
  const rows: ImageRow[] = []
  for (const image of images) {
    if (isDangling(image)) rows.push({ image, repository: NONE, tag: NONE, digest: NONE })
    else addNamed(rows, image, digests)
  }
  return rows
}

/** Whether an image has no name at all. */
export function isDangling({ RepoTags, RepoDigests }: ImageSummary): boolean {
  const tags = RepoTags ?? []
  const digests = RepoDigests ?? []
  if (tags.length === 0 && digests.length === 0) return true
  return tags.length === 1 && tags[0] === '<none>:<none>' && digests.length === 1 && digests[0] === '<none>@<none>'
}

function addNamed(rows: ImageRow[], image: ImageSummary, show: DigestRows): void {
  const { RepoTags, RepoDigests } = image
  if (RepoTags?.length === 1 && !RepoDigests?.length) {
    // One name, as most images have: there is nothing to group.
    const reference = familiar(RepoTags[0] ?? '')
    if (reference?.tag) rows.push({ image, repository: reference.name, tag: reference.tag, digest: NONE })
    return
  }
  const tags = grouped(RepoTags, 'tag')
  const digests = grouped(RepoDigests, 'digest')
  for (const [repository, names] of tags) {
    const own = show.ofTags ? (digests.get(repository) ?? []) : []
    digests.delete(repository)
    for (const tag of names) {
      for (const digest of own.length === 0 ? [NONE] : own) rows.push({ image, repository, tag, digest })
    }
  }
  for (const [repository, all] of digests) {
    for (const digest of show.ofUntagged ? all : ['']) rows.push({ image, repository, tag: NONE, digest })
  }
}

/** Tags or digests by repository, in the daemon's order; docker's own order of repositories is random. */
function grouped(references: readonly string[] | null | undefined, part: 'tag' | 'digest'): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const text of references ?? []) {
    const reference = familiar(text)
    if (reference === undefined || reference[part] === '') continue
    const group = groups.get(reference.name)
    if (group === undefined) groups.set(reference.name, [reference[part]])
    else group.push(reference[part])
  }
  return groups
}
