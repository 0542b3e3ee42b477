/** The result of a prune. */
export interface PruneReport<Removed = string> {
  /** In the daemon's order. */
  readonly removed: readonly Removed[]
  /** Bytes on disk. */
  readonly reclaimed: number
}

/** An object that a prune would remove. */
export interface PruneCandidate {
  readonly kind: 'container' | 'network' | 'volume' | 'image'
  readonly name: string
  /** Helps the user to decide: a state, a driver. */
  readonly detail: string
  /** Bytes on disk; absent if the daemon would have to compute it. */
  readonly size?: number
}
