import { type Instant, instantText } from '../../../domain/go/instant.ts'
import { jsonString } from '../../../domain/go/json-text.ts'
import { ago, humanSize } from '../../text/units.ts'
import type { Field } from '../field.ts'
import type { ListKind } from '../list.ts'

/** A record of the build cache. */
export interface CacheRow {
  readonly id: string
  readonly isMutable: boolean
  readonly isInUse: boolean
  readonly isShared: boolean
  /** In bytes. */
  readonly size: number
  readonly createdAt: Instant
  readonly lastUsedAt: Instant | undefined
  readonly usageCount: number
  readonly description: string
  readonly type: string
  readonly parents: readonly string[]
}

/** The fields of `buildx du` (docker/buildx commands/diskusage.go, diskusageContext). */
const fields = {
  ID: { header: 'ID', text: ({ id }) => id },
  Parents: { header: 'PARENTS', text: ({ parents }) => `[${parents.join(' ')}]`, json: parentsJson },
  CreatedAt: { header: 'CREATED AT', text: ({ createdAt }) => instantText(createdAt) },
  Mutable: { header: 'MUTABLE', isBool: true, text: ({ isMutable }) => String(isMutable) },
  Reclaimable: { header: 'RECLAIMABLE', isBool: true, text: ({ isInUse }) => String(!isInUse) },
  Shared: { header: 'SHARED', isBool: true, text: ({ isShared }) => String(isShared) },
  Size: { header: 'SIZE', text: ({ size }) => humanSize(size, 4) },
  Description: { header: 'DESCRIPTION', text: ({ description }) => description },
  UsageCount: {
    header: 'USAGE COUNT',
    text: ({ usageCount }) => String(usageCount),
    json: ({ usageCount }) => String(usageCount),
  },
  LastUsedAt: { header: 'LAST ACCESSED', text: ({ lastUsedAt }, { now }) => lastUsed(lastUsedAt, now) },
  Type: { header: 'TYPE', text: ({ type }) => type },
} as const satisfies Record<string, Field<CacheRow>>

const markedId: Field<CacheRow> = { header: 'ID', text: (row) => idWithMark(row) }
const markedSize: Field<CacheRow> = { header: 'SIZE', text: (row) => sizeWithMark(row) }

export const cacheList: ListKind<CacheRow> = {
  listing: { typeName: '*commands.diskusageContext', fields, internals: () => ({}) },
  columns: [markedId, fields.Reclaimable, markedSize, fields.LastUsedAt],
}

function parentsJson({ parents }: CacheRow): string {
  return parents.length === 0 ? 'null' : `[${parents.map((parent) => jsonString(parent, true)).join(',')}]`
}

function sizeWithMark({ size, isShared }: CacheRow): string {
  return humanSize(size, 4) + (isShared ? '*' : '')
}

function idWithMark({ id, isMutable }: CacheRow): string {
  return id + (isMutable ? '*' : '')
}

/** @param now milliseconds since 1970 */
function lastUsed(instant: Instant | undefined, now: number): string {
  return instant === undefined ? '' : ago(instant.seconds + instant.nanoseconds / 1e9, now)
}

/**
 * Formats records as paragraphs, as `du --verbose`.
 * @param now milliseconds since 1970
 */
export function formatCacheDetails(rows: readonly CacheRow[], now: number): string {
  const cell = (name: string) => `${name}:`.padEnd(14)
  return rows
    .map((row) => {
      const parents = row.parents.length === 0 ? '' : `Parents:\n${row.parents.map((id) => ` - ${id}\n`).join('')}`
      const lines = detailsOf(row, now).map(([name, text]) => `${cell(name)}${text}\n`)
      return `${cell('ID')}${row.id}\n${parents}${lines.join('')}\n`
    })
    .join('')
}

/** Formats a removed record as a paragraph, as `prune --verbose`. @param now milliseconds since 1970 */
export function formatRemovedDetails(row: CacheRow, now: number): string {
  const parents = row.parents.length === 0 ? '' : tabbed('Parent', row.parents.join(','))
  const lines = detailsOf(row, now).map(([name, text]) => tabbed(name, text))
  return `${tabbed('ID', row.id)}${parents}${lines.join('')}\n`
}

function detailsOf(row: CacheRow, now: number): (readonly [name: string, text: string])[] {
  const used = lastUsed(row.lastUsedAt, now)
  return [
    ['Created at', instantText(row.createdAt)],
    ['Mutable', String(row.isMutable)],
    ['Reclaimable', String(!row.isInUse)],
    ['Shared', String(row.isShared)],
    ['Size', humanSize(row.size, 4)],
    ...(row.description === '' ? [] : [['Description', row.description] as const]),
    ['Usage count', String(row.usageCount)],
    ...(used === '' ? [] : [['Last used', used] as const]),
    ...(row.type === '' ? [] : [['Type', row.type] as const]),
  ]
}

/** Formats the line of a removed record, after the first one's header. Its columns are as wide as buildx's. */
export function formatRemovedRow(row: CacheRow, isFirst: boolean, now: number): string {
  const header = isFirst ? 'ID\t\t\t\t\t\tRECLAIMABLE\tSIZE\t\tLAST ACCESSED\n' : ''
  const size = sizeWithMark(row).padEnd(10)
  const reclaimable = String(!row.isInUse).padEnd(5)
  const cells = [`${idWithMark(row).padEnd(40)}\t${reclaimable}`, isFirst ? '\t\t' : '\t', `${size}\t`]
  return `${header}${cells.join('')}${lastUsed(row.lastUsedAt, now)}\n`
}

/** Formats the sums below `du`. */
export function formatCacheSums(rows: readonly CacheRow[]): string {
  const sum = (chosen: readonly CacheRow[]) => chosen.reduce((total, { size }) => total + Math.max(size, 0), 0)
  const total = sum(rows)
  const shared = sum(rows.filter(({ isShared }) => isShared))
  const size = (bytes: number) => humanSize(bytes, 4)
  const parts = shared > 0 ? tabbed('Shared', size(shared)) + tabbed('Private', size(total - shared)) : ''
  const reclaimable = sum(rows.filter(({ isInUse }) => !isInUse))
  return `${parts}${tabbed('Reclaimable', size(reclaimable))}${tabbed('Total', size(total))}`
}

/** Formats the sum below `prune`. @param bytes the space of all removed records */
export function formatPrunedSum(bytes: number): string {
  return `Total:\t${humanSize(bytes, 4)}\n`
}

/** Formats a line of two cells, the first of which ends at the 16th column. */
function tabbed(name: string, text: string): string {
  return `${name}:${name.length < 7 ? '\t\t' : '\t'}${text}\n`
}
