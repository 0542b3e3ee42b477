/** One volume of `GET /volumes`, named as the Engine API names it. An absent field means its zero value. */
export interface VolumeSummary {
  readonly Name?: string
  readonly Driver?: string
  readonly Scope?: string
  readonly Mountpoint?: string
  /** What the driver was told when the volume was made. */
  readonly Options?: Readonly<Record<string, string>> | null
  readonly Labels?: Readonly<Record<string, string>> | null
  /** Only there where the daemon was asked how much disk is used. */
  readonly UsageData?: { readonly RefCount?: number; readonly Size?: number } | null
  /** Only there for a volume that belongs to the swarm. */
  readonly ClusterVolume?: ClusterVolume | null
}

export interface ClusterVolume {
  readonly Spec?: { readonly Group?: string; readonly Availability?: string } | null
  readonly Info?: { readonly VolumeID?: string } | null
  /** One for each node that uses it. */
  readonly PublishStatus?: readonly object[] | null
}
