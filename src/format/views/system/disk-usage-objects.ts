import type { ContainerSummary } from '../../../domain/container/container.ts'
import { familiar } from '../../../domain/image/familiar.ts'
import type { ImageSummary } from '../../../domain/image/image.ts'
import type { BuildCacheRecord, DiskUsage } from '../../../domain/system/disk-usage.ts'
import type { VolumeSummary } from '../../../domain/volume/summary.ts'
import { humanSize } from '../../units.ts'
import { containerFields } from '../container/fields.ts'
import { containerRaw, containers } from '../container/list.ts'
import type { Field, Listing, Look } from '../field.ts'
import { type ImageRow, imageFields } from '../image/fields.ts'
import { imageListing, imageRaw } from '../image/list.ts'
import { isDangling } from '../image/rows.ts'
import { tableOf } from '../listing.ts'
import { volumeFields, volumeList } from '../volume/list.ts'
import { buildCacheFields, byLastUse } from './build-cache-fields.ts'
import { buildCacheSize } from './disk-usage.ts'

/** All objects that take disk space, as `system df --verbose` lists them. */
export interface UsageRows {
  readonly images: readonly ImageRow[]
  readonly containers: readonly ContainerSummary[]
  readonly volumes: readonly VolumeSummary[]
  readonly buildCache: readonly BuildCacheRecord[]
}

const NONE = '<none>'

/** An image has one row here, whatever the number of its tags; containers are shown without the image's size. */
export function usageRows({ Images, Containers, Volumes, BuildCache }: DiskUsage): UsageRows {
  return {
    images: (Images ?? []).flatMap(imageRow),
    containers: (Containers ?? []).map((container) => ({ ...container, SizeRootFs: 0 })),
    volumes: Volumes ?? [],
    buildCache: [...(BuildCache ?? [])].sort(byLastUse),
  }
}

function imageRow(image: ImageSummary): ImageRow[] {
  const [first] = image.RepoTags ?? []
  if (first === undefined || isDangling(image)) return [{ image, repository: NONE, tag: NONE, digest: '' }]
  const reference = familiar(first)
  if (reference === undefined) return []
  const { name, tag } = reference
  return [
    tag === '' ? { image, repository: NONE, tag: NONE, digest: '' } : { image, repository: name, tag, digest: '' },
  ]
}

/** What the rows of each kind can show. */
export const usageListings: { readonly [K in keyof UsageRows]: Listing<UsageRows[K][number]> } = {
  images: imageListing,
  containers,
  volumes: volumeList.listing,
  buildCache: { typeName: '*formatter.buildCacheContext', fields: buildCacheFields, inside: () => ({}) },
}

const IMAGE_COLUMNS: readonly Field<ImageRow>[] = [
  imageFields.Repository,
  imageFields.Tag,
  imageFields.ID,
  imageFields.CreatedSince,
  imageFields.Size,
  imageFields.SharedSize,
  imageFields.UniqueSize,
  imageFields.Containers,
]
const CONTAINER_COLUMNS: readonly Field<ContainerSummary>[] = [
  containerFields.ID,
  containerFields.Image,
  containerFields.Command,
  containerFields.LocalVolumes,
  containerFields.Size,
  containerFields.RunningFor,
  containerFields.Status,
  containerFields.Names,
]
const VOLUME_COLUMNS: readonly Field<VolumeSummary>[] = [volumeFields.Name, volumeFields.Links, volumeFields.Size]
const BUILD_CACHE_COLUMNS: readonly Field<BuildCacheRecord>[] = [
  buildCacheFields.ID,
  buildCacheFields.CacheType,
  buildCacheFields.Size,
  buildCacheFields.CreatedSince,
  buildCacheFields.LastUsedSince,
  buildCacheFields.UsageCount,
  buildCacheFields.Shared,
]

/** A table for each kind of object. */
export function usageTables(usage: DiskUsage, look: Look, eastAsian: boolean): string {
  const rows = usageRows(usage)
  return [
    'Images space usage:\n\n',
    tableOf(IMAGE_COLUMNS, eastAsian)(rows.images, look),
    '\nContainers space usage:\n\n',
    tableOf(CONTAINER_COLUMNS, eastAsian)(rows.containers, look),
    '\nLocal Volumes space usage:\n\n',
    tableOf(VOLUME_COLUMNS, eastAsian)(rows.volumes, look),
    `\nBuild cache usage: ${humanSize(buildCacheSize(usage), 4)}\n\n`,
    tableOf(BUILD_CACHE_COLUMNS, eastAsian)(rows.buildCache, look),
  ].join('')
}

const BUILD_CACHE_RAW = [
  'build_cache_id: {{.ID}}',
  'parent_id: {{.Parent}}',
  'build_cache_type: {{.CacheType}}',
  'description: {{.Description}}',
  'created_at: {{.CreatedAt}}',
  'created_since: {{.CreatedSince}}',
  'last_used_at: {{.LastUsedAt}}',
  'last_used_since: {{.LastUsedSince}}',
  'usage_count: {{.UsageCount}}',
  'in_use: {{.InUse}}',
  'shared: {{.Shared}}',
  '',
].join('\n')

/** The `raw` format of all objects, as one template. */
export const usageRaw = [
  ['Images', 'Image', imageRaw(true)],
  ['Containers', 'Container', containerRaw(true)],
  ['Volumes', 'Volume', volumeList.raw?.format],
  ['BuildCache', 'Build Cache', BUILD_CACHE_RAW],
]
  .map(([list, type, raw]) => `{{range .${list}}}type: ${type}\n${raw}\n{{end -}}\n`)
  .join('')
  .replace(/\n$/, '')
