import type { ContainerSummary } from '../../../domain/container/container.ts'
import { type Instant, instantText, parseInstant, ZERO_INSTANT } from '../../../domain/go/instant.ts'
import type { ImageSummary } from '../../../domain/image/image.ts'
import { parseFamiliar } from '../../../domain/image/reference.ts'
import type { BuildCacheRecord, DiskUsage } from '../../../domain/system/disk-usage.ts'
import type { VolumeSummary } from '../../../domain/volume/volume.ts'
import { truncateId } from '../../text/truncate.ts'
import { ago, humanSize } from '../../text/units.ts'
import { containerFields } from '../container/fields.ts'
import { containerListing, containerRaw } from '../container/list.ts'
import type { Field, Listing, RowOptions } from '../field.ts'
import { imageListing, imageRaw } from '../image/list.ts'
import { type ImageRow, imageFields, isDangling, NONE } from '../image/rows.ts'
import { type Display, fitFor, type ListKind, tableWriter } from '../list.ts'
import { volumeFields, volumeList } from '../volume/list.ts'
import { buildCacheSize } from './disk-usage.ts'

/** The fields of the build cache (docker/cli formatter.buildCacheContext). */
const buildCacheFields = {
  ID: { header: 'CACHE ID', text: cacheId },
  Parent: { header: 'PARENT', text: (record, options) => truncate(parents(record), options) },
  CacheType: { header: 'CACHE TYPE', text: ({ Type = '' }) => Type },
  Size: { header: 'SIZE', text: ({ Size = 0 }) => humanSize(Size) },
  CreatedAt: { header: '', text: ({ CreatedAt }) => instantText(parseTime(CreatedAt) ?? ZERO_INSTANT) },
  CreatedSince: {
    header: 'CREATED',
    text: ({ CreatedAt }, { now }) => ago((parseTime(CreatedAt) ?? ZERO_INSTANT).seconds, now),
  },
  LastUsedAt: { header: '', text: ({ LastUsedAt }) => formatTime(parseTime(LastUsedAt), instantText) },
  LastUsedSince: {
    header: 'LAST USED',
    text: ({ LastUsedAt }, { now }) => formatTime(parseTime(LastUsedAt), ({ seconds }) => ago(seconds, now)),
  },
  UsageCount: { header: 'USAGE', text: ({ UsageCount = 0 }) => String(UsageCount) },
  InUse: { header: 'IN USE', text: ({ InUse = false }) => String(InUse) },
  Shared: { header: 'SHARED', text: ({ Shared = false }) => String(Shared) },
  Description: { header: 'DESCRIPTION', text: ({ Description = '' }) => Description },
} as const satisfies Record<string, Field<BuildCacheRecord>>

/** Returns the id of a record, with a star if it is in use. */
function cacheId({ ID = '', InUse = false }: BuildCacheRecord, options: RowOptions): string {
  return truncate(ID, options) + (InUse ? '*' : '')
}

function parents({ Parent = '', ' Parents': all }: BuildCacheRecord): string {
  return all == null || all.length === 0 ? Parent : all.join(', ')
}

function truncate(text: string, options: RowOptions): string {
  return options.truncate ? truncateId(text) : text
}

function parseTime(text: string | null | undefined): Instant | undefined {
  return text == null ? undefined : parseInstant(text)
}

function formatTime(instant: Instant | undefined, format: (instant: Instant) => string): string {
  return instant === undefined ? '' : format(instant)
}

/** Compares records by their last use: those never used first, then the least recently used. */
function compareLastUse(a: BuildCacheRecord, b: BuildCacheRecord): number {
  const [left, right] = [parseTime(a.LastUsedAt), parseTime(b.LastUsedAt)]
  if (left === undefined || right === undefined) {
    return Number(left !== undefined) - Number(right !== undefined) || compareIds(a, b)
  }
  return left.seconds - right.seconds || left.nanoseconds - right.nanoseconds || compareIds(a, b)
}

function compareIds({ ID: a = '' }: BuildCacheRecord, { ID: b = '' }: BuildCacheRecord): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** All objects that use disk space, as listed by `system df --verbose`. */
export interface UsageRows {
  readonly images: readonly ImageRow[]
  readonly containers: readonly ContainerSummary[]
  readonly volumes: readonly VolumeSummary[]
  readonly buildCache: readonly BuildCacheRecord[]
}

/** Returns the rows of each kind. An image has one row for all of its tags, and containers do not show the image's size. */
export function toUsageRows({ Images, Containers, Volumes, BuildCache }: DiskUsage): UsageRows {
  return {
    images: (Images ?? []).flatMap(imageRow),
    containers: (Containers ?? []).map((container) => ({ ...container, SizeRootFs: 0 })),
    volumes: Volumes ?? [],
    buildCache: [...(BuildCache ?? [])].sort(compareLastUse),
  }
}

function imageRow(image: ImageSummary): ImageRow[] {
  const [first] = image.RepoTags ?? []
  if (first === undefined || isDangling(image)) return [{ image, repository: NONE, tag: NONE, digest: '' }]
  const reference = parseFamiliar(first)
  if (reference === undefined) return []
  const { name, tag } = reference
  return [
    tag === '' ? { image, repository: NONE, tag: NONE, digest: '' } : { image, repository: name, tag, digest: '' },
  ]
}

/** The fields of each kind. */
export const usageListings: { readonly [K in keyof UsageRows]: Listing<UsageRows[K][number]> } = {
  images: imageListing,
  containers: containerListing,
  volumes: volumeList.listing,
  buildCache: { typeName: '*formatter.buildCacheContext', fields: buildCacheFields, internals: () => ({}) },
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

/** The list of build cache records. */
export const buildCacheList: ListKind<BuildCacheRecord> = {
  listing: usageListings.buildCache,
  columns: BUILD_CACHE_COLUMNS,
}

/** Formats a table for each kind of object. */
export async function formatUsageTables(usage: DiskUsage, options: RowOptions, display: Display): Promise<string> {
  const { eastAsian = false } = display
  const rows = toUsageRows(usage)
  const table = async <Row>(fields: readonly Field<Row>[], objects: readonly Row[]) =>
    tableWriter(fields, { eastAsian, fit: await fitFor(fields, display) })(objects, options)
  return [
    'Images space usage:\n\n',
    await table(IMAGE_COLUMNS, rows.images),
    '\nContainers space usage:\n\n',
    await table(CONTAINER_COLUMNS, rows.containers),
    '\nLocal Volumes space usage:\n\n',
    await table(VOLUME_COLUMNS, rows.volumes),
    `\nBuild cache usage: ${humanSize(buildCacheSize(usage), 4)}\n\n`,
    await table(BUILD_CACHE_COLUMNS, rows.buildCache),
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

/** The format `raw`, as one template for all objects. */
export const usageRaw = [
  ['Images', 'Image', imageRaw(true)],
  ['Containers', 'Container', containerRaw(true)],
  ['Volumes', 'Volume', volumeList.raw?.format],
  ['BuildCache', 'Build Cache', BUILD_CACHE_RAW],
]
  .map(([list, type, raw]) => `{{range .${list}}}type: ${type}\n${raw}\n{{end -}}\n`)
  .join('')
  .replace(/\n$/, '')
