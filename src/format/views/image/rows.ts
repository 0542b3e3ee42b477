import { formatGoTime } from '../../../domain/go/gotime.ts'
import type { ImageSummary } from '../../../domain/image/image.ts'
import { NEVER } from '../../../domain/image/image.ts'
import { parseFamiliar } from '../../../domain/image/reference.ts'
import { truncateId } from '../../text/truncate.ts'
import { ago, humanSize } from '../../text/units.ts'
import type { Field, RowOptions } from '../field.ts'

/** A row of `images`: an image with one of its names. */
export interface ImageRow {
  readonly image: ImageSummary
  readonly repository: string
  readonly tag: string
  readonly digest: string
}

/** The fields of `images` (docker/cli formatter.imageContext). */
export const imageFields = {
  ID: {
    header: 'IMAGE ID',
    text: ({ image }, { truncate }) => (truncate ? truncateId(image.Id ?? '') : (image.Id ?? '')),
  },
  Repository: { header: 'REPOSITORY', text: ({ repository }) => repository },
  Tag: { header: 'TAG', text: ({ tag }) => tag },
  Digest: { header: 'DIGEST', text: ({ digest }) => digest },
  CreatedSince: { header: 'CREATED', text: createdSince },
  CreatedAt: { header: 'CREATED AT', text: ({ image }, options) => formatGoTime(image.Created ?? 0, options.zone()) },
  Size: { header: 'SIZE', text: ({ image }) => humanSize(image.Size ?? 0) },
  Containers: { header: 'CONTAINERS', text: ({ image }) => containerCount(image.Containers) },
  VirtualSize: { header: 'SIZE', text: ({ image }) => humanSize(image.Size ?? 0, 4) },
  SharedSize: { header: 'SHARED SIZE', text: sharedSize },
  UniqueSize: { header: 'UNIQUE SIZE', text: uniqueSize },
} as const satisfies Record<string, Field<ImageRow>>

/** The column CREATED of the default table, which is `N/A` where the field is empty. */
export const createdOrUnknown: Field<ImageRow> = {
  header: 'CREATED',
  text: (row, options) => createdSince(row, options) || 'N/A',
}

function createdSince({ image: { Created = 0 } }: ImageRow, { now }: RowOptions): string {
  return Created === NEVER ? '' : ago(Created, now)
}

function containerCount(containers = 0): string {
  return containers === -1 ? 'N/A' : String(containers)
}

function sharedSize({ image: { SharedSize = 0 } }: ImageRow): string {
  return SharedSize === -1 ? 'N/A' : humanSize(SharedSize, 4)
}

function uniqueSize({ image: { Size = 0, SharedSize = 0 } }: ImageRow): string {
  return Size === -1 || SharedSize === -1 ? 'N/A' : humanSize(Size - SharedSize, 4)
}

/** Printed in place of a missing repository, tag or digest. */
export const NONE = '<none>'

/** The digests that a list contains. */
export interface DigestRows {
  /** Whether a tag has a row for every digest of its repository. */
  readonly ofTags: boolean
  /** Whether every digest without a tag has a row, instead of one row for its repository. */
  readonly ofUntagged: boolean
}

/**
 * Returns the rows of `images`: one for each tag, one for a repository that has digests only, and one for an image
 * without a name. Names that are not valid references are left out (docker/cli formatter.imageFormat).
 */
export function toImageRows(images: readonly ImageSummary[], digests: DigestRows): ImageRow[] {
  const rows: ImageRow[] = []
  for (const image of images) {
    if (isDangling(image)) rows.push({ image, repository: NONE, tag: NONE, digest: NONE })
    else addNamedRows(rows, image, digests)
  }
  return rows
}

/** Whether an image has neither tags nor digests. */
export function isDangling({ RepoTags, RepoDigests }: ImageSummary): boolean {
  const tags = RepoTags ?? []
  const digests = RepoDigests ?? []
  if (tags.length === 0 && digests.length === 0) return true
  return tags.length === 1 && tags[0] === '<none>:<none>' && digests.length === 1 && digests[0] === '<none>@<none>'
}

function addNamedRows(rows: ImageRow[], image: ImageSummary, digestRows: DigestRows): void {
  const { RepoTags, RepoDigests } = image
  if (RepoTags?.length === 1 && !RepoDigests?.length) {
    // Most images have one name, so that there is nothing to group.
    const reference = parseFamiliar(RepoTags[0] ?? '')
    if (reference?.tag) rows.push({ image, repository: reference.name, tag: reference.tag, digest: NONE })
    return
  }
  const tags = groupByRepository(RepoTags, 'tag')
  const digests = groupByRepository(RepoDigests, 'digest')
  for (const [repository, names] of tags) {
    const tagDigests = digestRows.ofTags ? (digests.get(repository) ?? []) : []
    digests.delete(repository)
    for (const tag of names) {
      for (const digest of tagDigests.length === 0 ? [NONE] : tagDigests) rows.push({ image, repository, tag, digest })
    }
  }
  for (const [repository, all] of digests) {
    for (const digest of digestRows.ofUntagged ? all : ['']) rows.push({ image, repository, tag: NONE, digest })
  }
}

/** Groups tags or digests by repository, in the daemon's order. docker's order of repositories is random. */
function groupByRepository(
  references: readonly string[] | null | undefined,
  part: 'tag' | 'digest',
): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const text of references ?? []) {
    const reference = parseFamiliar(text)
    if (reference === undefined || reference[part] === '') continue
    const group = groups.get(reference.name)
    if (group === undefined) groups.set(reference.name, [reference[part]])
    else group.push(reference[part])
  }
  return groups
}
