/** What a prune removed. */
export interface PruneReport<Removed = string> {
  /** In the daemon's order. */
  readonly removed: readonly Removed[]
  /** Bytes on disk. */
  readonly reclaimed: number
}
