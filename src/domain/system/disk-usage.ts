import type { ContainerSummary } from '../container/container.ts'
import type { ImageSummary } from '../image/image.ts'
import type { VolumeSummary } from '../volume/summary.ts'

/** What `GET /system/df` responses. An absent field means its zero value; sizes are bytes. */
export interface DiskUsage {
  /** All layers of all images together, shared ones counted once. */
  readonly LayersSize?: number
  readonly Images?: readonly ImageSummary[] | null
  readonly Containers?: readonly ContainerSummary[] | null
  readonly Volumes?: readonly VolumeSummary[] | null
  readonly BuildCache?: readonly BuildCacheRecord[] | null
}

/** Something that builds have kept. */
export interface BuildCacheRecord {
  readonly ID?: string
  readonly Parent?: string
  /** The space is a slip in the daemon's declaration, and so in every daemon's response. */
  readonly ' Parents'?: readonly string[] | null
  /** `regular`, `source.local`, `exec.cachemount` and so on. */
  readonly Type?: string
  readonly Description?: string
  readonly InUse?: boolean
  /** Whether an image has it too, so that it takes no space of its own. */
  readonly Shared?: boolean
  readonly Size?: number
  /** RFC 3339. */
  readonly CreatedAt?: string
  readonly LastUsedAt?: string | null
  readonly UsageCount?: number
}
