import type { VertexStatus } from '../buildkit/status.ts'

/** Below both of these a part's progress is not worth another line: a share of the whole, and nanoseconds. */
const WORTHWHILE_SHARE = 0.05
const WORTHWHILE_TIME = 5_000_000_000n

/** What was last printed of each part of a step, to keep a download from printing hundreds of lines. */
export class PrintedParts {
  readonly #last = new Map<string, VertexStatus>()

  /** Whether a part has come far enough since it was printed; if so, it is taken to be printed now. */
  isWorthPrinting(part: VertexStatus): boolean {
    const last = this.#last.get(part.id)
    if (last !== undefined && part.completed === undefined) {
      const share = part.total > 0 ? (part.current - last.current) / part.total : 0
      const passed = (part.timestamp ?? 0n) - (last.timestamp ?? 0n)
      if (share < WORTHWHILE_SHARE && passed < WORTHWHILE_TIME) return false
    }
    this.#last.set(part.id, part)
    return true
  }
}
