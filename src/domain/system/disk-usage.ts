import type { ContainerSummary } from '../container/container.ts'
import type { ImageSummary } from '../image/image.ts'
import type { VolumeSummary } from '../volume/volume.ts'

/** The response to `GET /system/df`. An absent field means its zero value; sizes are in bytes. */
export interface DiskUsage {
  /** The total size of all layers; shared layers count once. */
  readonly LayersSize?: number
  readonly Images?: readonly ImageSummary[] | null
  readonly Containers?: readonly ContainerSummary[] | null
  readonly Volumes?: readonly VolumeSummary[] | null
  readonly BuildCache?: readonly BuildCacheRecord[] | null
}

/** The disk usage of one kind of object since API version 1.53. */
interface KindOfUsage<Item> {
  readonly TotalSize?: number
  readonly Items?: readonly Item[] | null
}

/** The response to `GET /system/df` since API version 1.53. */
export interface DiskUsageByKind {
  readonly ImageUsage?: KindOfUsage<ImageSummary> | null
  readonly ContainerUsage?: KindOfUsage<ContainerSummary> | null
  readonly VolumeUsage?: KindOfUsage<VolumeSummary> | null
  readonly BuildCacheUsage?: KindOfUsage<BuildCacheRecord> | null
}

/** A record of the build cache. */
export interface BuildCacheRecord {
  readonly ID?: string
  readonly Parent?: string
  /** The space is a typing error in the declaration of the Engine API, and so in every response. */
  readonly ' Parents'?: readonly string[] | null
  /** The same without the error, in newer API versions. */
  readonly Parents?: readonly string[] | null
  /** `regular`, `source.local`, `exec.cachemount` and so on. */
  readonly Type?: string
  readonly Description?: string
  readonly InUse?: boolean
  /** Whether an image shares the data, so that the record takes no space of its own. */
  readonly Shared?: boolean
  readonly Size?: number
  /** RFC 3339. */
  readonly CreatedAt?: string
  readonly LastUsedAt?: string | null
  readonly UsageCount?: number
}
