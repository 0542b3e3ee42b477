import { messageOf } from '../../domain/errors.ts'
import type { Filters } from '../../domain/filter.ts'
import { parseDuration } from '../../domain/go/duration.ts'
import type { Int64 } from '../../domain/go/int.ts'
import { goQuote } from '../../domain/go/quote.ts'
import type { Connection } from '../../engine/connection.ts'
import { hasCapability } from './builder-facts.ts'
import { callControl, streamControl, withControlClient } from './control/call.ts'
import { Control, type UsageRecord } from './gen/moby/control_pb.ts'

/** What a prune of the build cache removes and keeps. Spaces are in bytes; 0 stands for no limit. */
export interface CachePrune {
  readonly all: boolean
  readonly filters: Filters
  readonly reservedSpace: Int64
  readonly maxUsedSpace: Int64
  readonly minFreeSpace: Int64
}

/**
 * Lists the records of the build cache, the smallest first.
 * @throws Error with buildx's message for invalid filters; NoBuildKitError EngineError ConnectionError GrpcError
 */
export function listCache(connection: Connection, filters: Filters, signal: AbortSignal): Promise<UsageRecord[]> {
  const { filter } = cacheFilters(filters)
  return withControlClient(connection, signal, async (client) => {
    const { record } = await callControl(client, Control.method.diskUsage, { filter: [...filter] }, signal)
    return record.sort((a, b) => Number(a.Size - b.Size) || (a.ID < b.ID ? -1 : 1))
  })
}

/**
 * Removes records of the build cache.
 * @param onRemoved called for each record when it has been removed
 * @throws Error with buildx's message for invalid filters; NoBuildKitError EngineError ConnectionError GrpcError
 */
export async function pruneCache(
  connection: Connection,
  { all, filters, reservedSpace, maxUsedSpace, minFreeSpace }: CachePrune,
  onRemoved: (record: UsageRecord) => void,
  signal: AbortSignal,
): Promise<void> {
  const { filter, keepDuration } = cacheFilters(filters)
  const request = {
    all,
    filter: [...filter],
    keepDuration: BigInt(keepDuration),
    reservedSpace: BigInt(reservedSpace),
    maxUsedSpace: BigInt(maxUsedSpace),
    minFreeSpace: BigInt(minFreeSpace),
  }
  await withControlClient(connection, signal, async (client) => {
    if ((maxUsedSpace > 0 || minFreeSpace > 0) && !(await hasCapability(client, SPACE_LIMITS, signal))) {
      throw new Error('buildkit v0.17.0+ is required for max-used-space and min-free-space filters')
    }
    for await (const record of streamControl(client, Control.method.prune, request, signal)) onRemoved(record)
  })
}

/** BuildKit's capability for `maxUsedSpace` and `minFreeSpace` (moby/buildkit solver/pb/caps.go). */
const SPACE_LIMITS = 'gc.freespacefilter'

/** The filters with an age; the second is an old name. */
const AGE_FILTERS: readonly string[] = ['until', 'unused-for']

/**
 * Converts the filters that were typed to BuildKit's (docker/buildx commands/prune.go, toBuildkitPruneInfo).
 * @throws Error with buildx's message
 */
function cacheFilters(filters: Filters): { filter: readonly string[]; keepDuration: Int64 } {
  const names = Object.keys(filters).sort()
  const ages = names.filter((name) => AGE_FILTERS.includes(name))
  if (ages.length > 1) throw new Error('conflicting filters "until" and "unused-for"')
  const values = new Map(names.map((name) => [name, Object.keys(filters[name] ?? {})]))
  if ([...values.values()].some((each) => each.length > 1)) throw new Error('filters expect only one value')
  const conditions = names
    .filter((name) => !ages.includes(name))
    .map((name) => `${name}${operatorOf(name)}${values.get(name)?.[0] ?? ''}`)
  const [age] = ages
  const keepDuration = age === undefined ? 0 : parseAge(age, values.get(age)?.[0] ?? '')
  return { filter: [conditions.join(',')], keepDuration }
}

function operatorOf(name: string): string {
  if (name === 'id') return '~='
  return /[!~]$/.test(name) ? '=' : '=='
}

/** @returns nanoseconds */
function parseAge(name: string, text: string): Int64 {
  try {
    return parseDuration(text)
  } catch (error) {
    throw new Error(`${goQuote(name)} filter expects a duration (e.g., '24h'): ${messageOf(error)}`)
  }
}
