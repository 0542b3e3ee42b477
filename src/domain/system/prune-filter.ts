/** The filters of prunes, as daemons apply them (moby daemon/prune.go and builder-next). */
import type { Filters } from '../filter.ts'
import { parseInstant } from '../go/instant.ts'
import { splitKeyValue } from '../key-value.ts'
import { type Clock, parseTimestamp } from '../timestamp.ts'
import type { BuildCacheRecord } from './disk-usage.ts'
import type { PruneKind } from './prune.ts'

const LABELS = ['label', 'label!']

/** The filters that daemons accept for each kind. Of the build cache's filters, only these can be predicted. */
const SUPPORTED: Readonly<Record<PruneKind, readonly string[]>> = {
  container: [...LABELS, 'until'],
  network: [...LABELS, 'until'],
  volume: [...LABELS, 'all'],
  image: [...LABELS, 'until', 'dangling'],
  // Daemons ignore labels here.
  'build cache': [...LABELS, 'until', 'unused-for', 'id', 'type'],
}

/** Returns the name of a filter that one of the kinds does not support; undefined if there is none. */
export function unsupportedFilter(kinds: ReadonlySet<PruneKind>, filters: Filters): string | undefined {
  return Object.keys(filters).find((name) => [...kinds].some((kind) => !SUPPORTED[kind].includes(name)))
}

type Labels = Readonly<Record<string, string>> | null | undefined

/** Whether the labels match the filters `label` and `label!`. */
export function matchesLabels(filters: Filters, labels: Labels): boolean {
  if (filters.label !== undefined && !hasAll(labels, Object.keys(filters.label))) return false
  const excluded = filters['label!']
  return excluded === undefined || !hasAll(labels, Object.keys(excluded))
}

/** Whether there are all of the labels, each written as `KEY` or `KEY=VALUE`. */
function hasAll(labels: Labels, wanted: readonly string[]): boolean {
  return wanted.every((text) => {
    const { key, value } = splitKeyValue(text)
    const actual = labels?.[key]
    return actual !== undefined && (value === undefined || value === actual)
  })
}

/**
 * Returns the time of the filter `until` in Unix seconds; undefined without it. Objects that were created later stay.
 * @throws Error if it is not a time or a duration
 */
export function untilOf(filters: Filters, clock: Clock): number | undefined {
  const [typed] = Object.keys(filters.until ?? filters['unused-for'] ?? {})
  return typed === undefined ? undefined : Number(parseTimestamp(typed, clock))
}

/**
 * Whether a prune removes a record of the build cache.
 * @param all whether it also removes what images share, and the records of BuildKit itself
 */
export function matchesBuildCache(record: BuildCacheRecord, filters: Filters, all: boolean, clock: Clock): boolean {
  const { ID = '', Type = '', InUse = false, Shared = false, LastUsedAt, CreatedAt = '' } = record
  if (InUse || (!all && (Shared || Type === 'internal' || Type === 'frontend'))) return false
  if (filters.id !== undefined && filters.id[ID] === undefined) return false
  if (filters.type !== undefined && filters.type[Type] === undefined) return false
  const until = untilOf(filters, clock)
  return until === undefined || (parseInstant(LastUsedAt ?? CreatedAt)?.seconds ?? 0) <= until
}
