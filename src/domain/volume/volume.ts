import type { Int64 } from '../go/int.ts'

type TextMap = Readonly<Record<string, string>>

/** One volume of `GET /volumes`, named as the Engine API names it. An absent field means its zero value. */
export interface VolumeSummary {
  readonly Name?: string
  readonly Driver?: string
  readonly Scope?: string
  readonly Mountpoint?: string
  /** The driver options that the volume was created with. */
  readonly Options?: Readonly<Record<string, string>> | null
  readonly Labels?: Readonly<Record<string, string>> | null
  /** Present only if the request asked for disk usage. */
  readonly UsageData?: { readonly RefCount?: number; readonly Size?: number } | null
  /** Present only for a cluster volume. */
  readonly ClusterVolume?: ClusterVolume | null
}

export interface ClusterVolume {
  readonly Spec?: { readonly Group?: string; readonly Availability?: string } | null
  readonly Info?: { readonly VolumeID?: string } | null
  /** One entry for each node that uses the volume. */
  readonly PublishStatus?: readonly object[] | null
}

/** A location where a cluster volume must or should be accessible. */
interface Topology {
  readonly Segments: TextMap
}

/** A cluster volume, named as the Engine API names it. */
export interface ClusterVolumeSpec {
  readonly Group?: string
  readonly AccessMode: {
    readonly Scope: string
    readonly Sharing: string
    readonly MountVolume?: Readonly<Record<string, never>>
    readonly BlockVolume?: Readonly<Record<string, never>>
  }
  readonly AccessibilityRequirements: {
    readonly Requisite?: readonly Topology[]
    readonly Preferred?: readonly Topology[]
  }
  /** Bytes. */
  readonly CapacityRange: { readonly RequiredBytes: Int64; readonly LimitBytes: Int64 }
  readonly Secrets?: readonly { readonly Key: string; readonly Secret: string }[]
  readonly Availability?: string
}

/** The body of `POST /volumes/create`. The daemon fills in absent fields. */
export interface VolumeCreateBody {
  readonly Name?: string
  readonly Driver?: string
  readonly DriverOpts?: TextMap
  readonly Labels?: TextMap
  readonly ClusterVolumeSpec?: ClusterVolumeSpec
}
