import type { Instant, ProgressGroup, Vertex, VertexStatus, VertexWarning } from './build-status.ts'
import { LastLines, LogLines } from './log-lines.ts'
import type { LogScreen } from './log-screen.ts'
import { type Interval, mergeIntervals } from './quantities.ts'

/** The end of the error of a canceled step. */
const CANCELED = 'context canceled'

/** A step of the display: one step of the build, or a group of steps that is displayed as one. */
export class Step {
  /** The last reported state. */
  vertex: Vertex
  /** Whether this group is hidden until one of its steps is worth showing. */
  isHidden: boolean
  readonly log = new LogLines()
  readonly lastLines = new LastLines()
  /** The ids of the parts that have started, in order, and the last state of each part. */
  readonly partIds: string[] = []
  readonly parts = new Map<string, VertexStatus>()
  /** The parts that have changed since they were printed. */
  readonly changedParts = new Set<string>()
  readonly warnings: VertexWarning[] = []
  /** The end of the log as a terminal shows it; undefined off terminals. */
  readonly screen: LogScreen | undefined
  /** The number of bytes that were written to the screen. */
  screenBytes = 0
  /**
   * The number of changes since the display last left this step, and the time of the first one (milliseconds since
   * 1970).
   */
  changes = 0
  changingSince: number | undefined
  /** The times during which it ran, without overlaps, oldest first. */
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

  /** Whether the step has completed; it may run again. */
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

  /** Records a time during which the step ran. @returns whether it is new or has changed */
  addInterval(start: Instant, stop: Instant | undefined): boolean {
    const before = this.#intervals.get(start)
    this.#intervals.set(start, { start, stop })
    this.intervals = mergeIntervals(this.#intervals.values())
    return before === undefined || before.stop !== stop
  }
}

/** A group of steps that is displayed as one. */
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
   * Combines the members into one step: it is cached when all of them are, and its error is the first one.
   * @returns whether the step has changed, and whether it was hidden until now
   */
  refresh(): { isChanged: boolean; isRevealed: boolean } {
    const { step } = this
    const { isHidden: wasHidden, vertex: before } = step
    let isChanged = false
    let isCached = true
    let error = before.error
    for (const { vertex, isWeak } of this.#members.values()) {
      if (vertex.started !== undefined) {
        isChanged = step.addInterval(vertex.started, vertex.completed) || isChanged
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
