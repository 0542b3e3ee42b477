/** Something that a prune would remove. */
export interface Removal {
  readonly kind: 'container' | 'network' | 'volume' | 'image'
  readonly name: string
  /** What helps to tell whether it can go: a state, a driver. */
  readonly detail: string
  /** Bytes on disk; absent where that would have to be computed. */
  readonly size?: number
}
