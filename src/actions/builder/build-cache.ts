import type { UsageRecord } from '../../builder/buildkit/gen/moby/control_pb.ts'
import { ZERO_INSTANT } from '../../domain/go/instant.ts'
import type { CacheRow } from '../../format/views/builder/cache.ts'

/** Converts a record of BuildKit's cache to a row. */
export function cacheRow(record: UsageRecord): CacheRow {
  return {
    id: record.ID,
    isMutable: record.Mutable,
    isInUse: record.InUse,
    isShared: record.Shared,
    size: Number(record.Size),
    createdAt: instantOf(record.CreatedAt) ?? ZERO_INSTANT,
    lastUsedAt: instantOf(record.LastUsedAt),
    usageCount: Number(record.UsageCount),
    description: record.Description,
    type: record.RecordType,
    parents: record.Parents,
  }
}

function instantOf(stamp: UsageRecord['CreatedAt']) {
  if (stamp === undefined) return undefined
  return { ...ZERO_INSTANT, seconds: Number(stamp.seconds), nanoseconds: stamp.nanos }
}
