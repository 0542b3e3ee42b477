import { type Instant, instantText, parseInstant, ZERO_INSTANT } from '../../../domain/go/instant.ts'
import type { BuildCacheRecord } from '../../../domain/system/disk-usage.ts'
import { ago } from '../../age.ts'
import { shortId } from '../../text.ts'
import { humanSize } from '../../units.ts'
import type { Field, Look } from '../field.ts'

/** What docker can show of something that builds have kept (docker/cli formatter.buildCacheContext). */
export const buildCacheFields = {
  ID: { header: 'CACHE ID', text: cacheId },
  Parent: { header: 'PARENT', text: (record, look) => truncated(parents(record), look) },
  CacheType: { header: 'CACHE TYPE', text: ({ Type = '' }) => Type },
  Size: { header: 'SIZE', text: ({ Size = 0 }) => humanSize(Size) },
  CreatedAt: { header: '', text: ({ CreatedAt }) => instantText(moment(CreatedAt) ?? ZERO_INSTANT) },
  CreatedSince: {
    header: 'CREATED',
    text: ({ CreatedAt }, { now }) => ago((moment(CreatedAt) ?? ZERO_INSTANT).seconds, now),
  },
  LastUsedAt: { header: '', text: ({ LastUsedAt }) => shown(moment(LastUsedAt), instantText) },
  LastUsedSince: {
    header: 'LAST USED',
    text: ({ LastUsedAt }, { now }) => shown(moment(LastUsedAt), ({ seconds }) => ago(seconds, now)),
  },
  UsageCount: { header: 'USAGE', text: ({ UsageCount = 0 }) => String(UsageCount) },
  InUse: { header: 'IN USE', text: ({ InUse = false }) => String(InUse) },
  Shared: { header: 'SHARED', text: ({ Shared = false }) => String(Shared) },
  Description: { header: 'DESCRIPTION', text: ({ Description = '' }) => Description },
} as const satisfies Record<string, Field<BuildCacheRecord>>

/** The record's id; a star says that something uses it now. */
function cacheId({ ID = '', InUse = false }: BuildCacheRecord, look: Look): string {
  return truncated(ID, look) + (InUse ? '*' : '')
}

function parents({ Parent = '', ' Parents': all }: BuildCacheRecord): string {
  return all == null || all.length === 0 ? Parent : all.join(', ')
}

function truncated(text: string, { truncate }: Look): string {
  return truncate ? shortId(text) : text
}

function moment(text: string | null | undefined): Instant | undefined {
  return text == null ? undefined : parseInstant(text)
}

function shown(instant: Instant | undefined, show: (instant: Instant) => string): string {
  return instant === undefined ? '' : show(instant)
}

/** What was used longest ago first; what was never used before that. */
export function byLastUse(a: BuildCacheRecord, b: BuildCacheRecord): number {
  const [left, right] = [moment(a.LastUsedAt), moment(b.LastUsedAt)]
  if (left === undefined || right === undefined) {
    return Number(left !== undefined) - Number(right !== undefined) || byId(a, b)
  }
  return left.seconds - right.seconds || left.nanoseconds - right.nanoseconds || byId(a, b)
}

function byId({ ID: a = '' }: BuildCacheRecord, { ID: b = '' }: BuildCacheRecord): number {
  return a < b ? -1 : a > b ? 1 : 0
}
