import type { DiskUsage } from '../../../domain/system/disk-usage.ts'
import { humanSize } from '../../text/units.ts'
import type { Field } from '../field.ts'
import type { ListKind } from '../list.ts'

/** The disk usage of one kind of object, in bytes. */
export interface KindUsage {
  readonly kind: 'Images' | 'Containers' | 'Local Volumes' | 'Build Cache'
  readonly total: number
  readonly active: number
  readonly size: number
  /** The space that removing all unused objects would free. */
  readonly reclaimable: number
}

const fields = {
  Type: { header: 'TYPE', text: ({ kind }) => kind },
  TotalCount: { header: 'TOTAL', text: ({ total }) => String(total) },
  Active: { header: 'ACTIVE', text: ({ active }) => String(active) },
  Size: { header: 'SIZE', text: ({ size }) => humanSize(size, 4) },
  Reclaimable: { header: 'RECLAIMABLE', text: reclaimable },
} as const satisfies Record<string, Field<KindUsage>>

/** The list of `system df` (docker/cli formatter.DiskUsageContext). */
export const usageList: ListKind<KindUsage> = {
  // docker's unexported fields are memory addresses.
  listing: { typeName: '*formatter.diskUsageImagesContext', fields, internals: () => ({}) },
  columns: Object.values(fields),
  raw: {
    format:
      'type: {{.Type}}\ntotal: {{.TotalCount}}\nactive: {{.Active}}\nsize: {{.Size}}\nreclaimable: {{.Reclaimable}}\n',
    quiet: '',
  },
}

/** Adds the percentage of the size, except for the build cache, parts of which count as images. */
function reclaimable({ kind, size, reclaimable: bytes }: KindUsage): string {
  const text = humanSize(bytes, 4)
  return size > 0 && kind !== 'Build Cache' ? `${text} (${Math.trunc((bytes * 100) / size)}%)` : text
}

/** Returns a row for each kind of object. */
export function summarizeUsage(usage: DiskUsage): KindUsage[] {
  return [images(usage), containers(usage), volumes(usage), buildCache(usage)]
}

function images({ Images, LayersSize = 0 }: DiskUsage): KindUsage {
  const all = Images ?? []
  const used = all
    .filter(({ Containers = 0, Size = 0, SharedSize = 0 }) => Containers !== 0 && Size !== -1 && SharedSize !== -1)
    .map(({ Size = 0, SharedSize = 0 }) => Size - SharedSize)
  const active = all.filter(({ Containers = 0 }) => Containers > 0).length
  return { kind: 'Images', total: all.length, active, size: LayersSize, reclaimable: LayersSize - sum(used) }
}

/** The states of containers whose disk space cannot be reclaimed. */
const ACTIVE_STATES = /running|paused|restarting/

function containers({ Containers }: DiskUsage): KindUsage {
  const all = Containers ?? []
  const isActive = ({ State = '' }) => ACTIVE_STATES.test(State)
  return {
    kind: 'Containers',
    total: all.length,
    active: all.filter(isActive).length,
    size: sum(all.map(({ SizeRw = 0 }) => SizeRw)),
    reclaimable: sum(all.filter((container) => !isActive(container)).map(({ SizeRw = 0 }) => SizeRw)),
  }
}

function volumes({ Volumes }: DiskUsage): KindUsage {
  const all = (Volumes ?? []).map(({ UsageData }) => ({
    count: UsageData?.RefCount ?? 0,
    // Drivers that do not know the size send -1.
    size: UsageData?.Size === -1 ? 0 : (UsageData?.Size ?? 0),
  }))
  return {
    kind: 'Local Volumes',
    total: all.length,
    active: all.filter(({ count }) => count > 0).length,
    size: sum(all.map(({ size }) => size)),
    reclaimable: sum(all.filter(({ count }) => count === 0).map(({ size }) => size)),
  }
}

function buildCache(usage: DiskUsage): KindUsage {
  const all = usage.BuildCache ?? []
  const size = buildCacheSize(usage)
  const used = all.filter(({ InUse = false, Shared = false }) => InUse && !Shared)
  return {
    kind: 'Build Cache',
    total: all.length,
    active: all.filter(({ InUse = false }) => InUse).length,
    size,
    reclaimable: size - sum(used.map(({ Size = 0 }) => Size)),
  }
}

/** Returns the bytes of the build cache that images do not share. */
export function buildCacheSize({ BuildCache }: DiskUsage): number {
  return sum((BuildCache ?? []).filter(({ Shared = false }) => !Shared).map(({ Size = 0 }) => Size))
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
