type TextMap = Readonly<Record<string, string>>

/** Where a volume of the swarm may or should be, one set of names a place. */
interface Topology {
  readonly Segments: TextMap
}

/** A volume of the swarm, as the Engine API spells it. */
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
  readonly CapacityRange: { readonly RequiredBytes: number; readonly LimitBytes: number }
  readonly Secrets?: readonly { readonly Key: string; readonly Secret: string }[]
  readonly Availability?: string
}

/** The body of `POST /volumes/create`. An absent field is the daemon's to fill. */
export interface VolumeCreateBody {
  readonly Name?: string
  readonly Driver?: string
  readonly DriverOpts?: TextMap
  readonly Labels?: TextMap
  readonly ClusterVolumeSpec?: ClusterVolumeSpec
}
