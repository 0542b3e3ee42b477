import type { Instant, ProgressGroup, Vertex, VertexStatus, VertexWarning } from './build-status.ts'
import { LastLines, LogLines } from './log-lines.ts'
import type { LogScreen } from './log-screen.ts'
import { type Interval, mergeIntervals } from './quantities.ts'

/** How the error of a step ends that was not let finish. */
const CANCELED = 'context canceled'

/** A line of the display: one step, or a group of steps that is shown as one. */
export class Step {
  /** What is known of it now. */
  vertex: Vertex
  /** Whether it waits for a step of its group that is worth showing. */
  isHidden: boolean
  readonly log = new LogLines()
  readonly lastLines = new LastLines()
  /** The parts that have begun, in their order, and what is known of each. */
  readonly partIds: string[] = []
  readonly parts = new Map<string, VertexStatus>()
  /** The parts that have changed since they were printed. */
  readonly changedParts = new Set<string>()
  readonly warnings: VertexWarning[] = []
  /** The end of its log as a terminal shows it; only kept for terminals. */
  readonly screen: LogScreen | undefined
  /** Bytes that went to the screen. */
  screenBytes = 0
  /**
   * How often it has changed since the display turned to another step, and when that began (milliseconds since 1970).
   */
  changes = 0
  changingSince: number | undefined
  /** When it ran; without overlaps, oldest first. */
  intervals: Interval[] = []
  readonly #intervals = new Map<Instant, Interval>()

  constructor(vertex: Vertex, screen: LogScreen | undefined, isHidden = false) {
    this.vertex = vertex
    this.screen = screen
    this.isHidden = isHidden
  }

  get isStarted(): boolean {
    return this.intervals.length > 0
  }

  /** Whether it is over, for now: a step may run again. */
  get isCompleted(): boolean {
    return this.intervals.at(-1)?.stop !== undefined
  }

  get isCanceled(): boolean {
    return this.vertex.error.endsWith(CANCELED)
  }

  get hasFailed(): boolean {
    return this.vertex.error !== '' && !this.isCanceled
  }

  /** @param now milliseconds since 1970 */
  countChange(now: number): void {
    if (this.changes === 0) this.changingSince = now
    this.changes++
  }

  /** Notes when a step ran. @returns whether that is news */
  ran(start: Instant, stop: Instant | undefined): boolean {
    const before = this.#intervals.get(start)
    this.#intervals.set(start, { start, stop })
    this.intervals = mergeIntervals(this.#intervals.values())
    return before === undefined || before.stop !== stop
  }
}

/** Steps that are shown as one. */
export class StepGroup {
  readonly step: Step
  readonly #members = new Map<string, { vertex: Vertex; isWeak: boolean }>()

  constructor({ id, name }: ProgressGroup, screen: LogScreen | undefined) {
    this.step = new Step({ digest: id, inputs: [], name, isCached: false, error: '' }, screen, true)
  }

  put(vertex: Vertex, { isWeak }: ProgressGroup): void {
    this.#members.set(vertex.digest, { vertex, isWeak })
  }

  /**
   * Makes one step of the members: it is cached when all of them are, and its error is the first one.
   * @returns whether it looks different now, and whether it has just come out of hiding
   */
  refresh(): { isChanged: boolean; isRevealed: boolean } {
    const { step } = this
    const { isHidden: wasHidden, vertex: before } = step
    let isChanged = false
    let isCached = true
    let error = before.error
    for (const { vertex, isWeak } of this.#members.values()) {
      if (vertex.started !== undefined) {
        isChanged = step.ran(vertex.started, vertex.completed) || isChanged
        if (!isWeak) step.isHidden = false
      }
      isCached = isCached && vertex.isCached
      if (error === '') error = vertex.error
      else step.isHidden = false
    }
    step.vertex = { ...before, isCached, error }
    const isRevealed = wasHidden && !step.isHidden
    return { isChanged: isChanged || isRevealed || isCached !== before.isCached || error !== before.error, isRevealed }
  }
}
