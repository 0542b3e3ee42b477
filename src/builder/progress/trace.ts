import type { BuildStatus, Instant, Vertex, VertexLog, VertexStatus } from './build-status.ts'
import type { LogScreen } from './log-screen.ts'
import { seconds, toNanoseconds } from './quantities.ts'
import { Step, StepGroup } from './step.ts'

/**
 * The state of a build, which the displays draw. It follows BuildKit's client (progressui), even in its peculiarities,
 * because the output depends on them.
 */
export class BuildTrace {
  /** The steps that have started, in order. */
  readonly steps: Step[] = []
  /** The steps by digest. The digests of a group's members map to the step of the group. */
  readonly byDigest = new Map<string, Step>()
  /** The steps that have changed since they were printed. */
  readonly changed = new Set<Step>()
  /** The difference between this machine's clock and the daemon's, in nanoseconds; 0 until a step has started. */
  clockSkew = 0n
  /** The time when the first step started, by the daemon's clock. */
  started: Instant | undefined
  readonly #groups = new Map<string, StepGroup>()
  readonly #reported = new Map<string, Vertex>()
  readonly #newScreen: () => LogScreen | undefined
  readonly #onLog: (step: Step, data: Uint8Array) => void

  /**
   * @param newScreen creates the screen of a new step; undefined off terminals
   * @param onLog called with the log of a step
   */
  constructor(newScreen: () => LogScreen | undefined = () => undefined, onLog = (_: Step, __: Uint8Array) => {}) {
    this.#newScreen = newScreen
    this.#onLog = onLog
  }

  update(status: BuildStatus, now: Date): void {
    const touched = new Set<StepGroup>()
    for (const vertex of status.vertexes) {
      if (vertex.started !== undefined) this.started ??= vertex.started
      if (vertex.progressGroup === undefined) this.#updateStep(vertex, now)
      else touched.add(this.#putIntoGroup(vertex))
    }
    for (const group of touched) this.#refresh(group, now)
    for (const part of status.statuses) this.#updatePart(part, now)
    for (const warning of status.warnings) {
      const step = this.byDigest.get(warning.vertex)
      step?.warnings.push(warning)
      step?.countChange(now.getTime())
    }
    for (const log of status.logs) this.#addLog(log, now)
  }

  #updateStep(vertex: Vertex, now: Date): void {
    const existing = this.byDigest.get(vertex.digest)
    const step = existing ?? new Step(vertex, this.#newScreen())
    const wasStarted = existing?.isStarted ?? false
    if (existing === undefined) this.byDigest.set(vertex.digest, step)
    if (vertex.started === undefined) {
      // A report without a start time must not reset a step that has started.
      if (!wasStarted) step.vertex = vertex
      return
    }
    if (this.#hasNews(vertex)) this.#mark(step, now)
    this.#reported.set(vertex.digest, vertex)
    if (!wasStarted) {
      this.#setClock(vertex.started, now)
      this.steps.push(step)
    }
    step.vertex = vertex
    step.addInterval(vertex.started, vertex.completed)
  }

  /** Returns whether a vertex has changed since its last report. A completed one always counts as changed. */
  #hasNews(vertex: Vertex): boolean {
    const before = this.#reported.get(vertex.digest)
    return (
      before === undefined ||
      vertex.completed !== undefined ||
      vertex.name !== before.name ||
      vertex.started !== before.started ||
      vertex.isCached !== before.isCached ||
      vertex.error !== before.error
    )
  }

  #putIntoGroup(vertex: Vertex & { progressGroup?: Vertex['progressGroup'] }): StepGroup {
    const facts = vertex.progressGroup ?? { id: '', name: '', isWeak: false }
    let group = this.#groups.get(facts.id)
    if (group === undefined) {
      group = new StepGroup(facts, this.#newScreen())
      this.#groups.set(facts.id, group)
      this.byDigest.set(facts.id, group.step)
    }
    group.put(vertex, facts)
    this.byDigest.set(vertex.digest, group.step)
    return group
  }

  #refresh(group: StepGroup, now: Date): void {
    const { step } = group
    const wasStarted = step.isStarted
    const { isChanged, isRevealed } = group.refresh()
    const [first] = step.intervals
    if (!wasStarted && first !== undefined) this.#setClock(first.start, now)
    if (step.isHidden) return
    if (isRevealed) this.steps.push(step)
    if (isChanged) this.#mark(step, now)
  }

  #updatePart(part: VertexStatus, now: Date): void {
    const step = this.byDigest.get(part.vertex)
    if (step === undefined) return
    if (part.started !== undefined && step.parts.get(part.id)?.started === undefined) step.partIds.push(part.id)
    step.parts.set(part.id, part)
    step.changedParts.add(part.id)
    this.#mark(step, now)
  }

  #addLog({ vertex, data, timestamp = 0n }: VertexLog, now: Date): void {
    const step = this.byDigest.get(vertex)
    if (step === undefined) return
    this.#onLog(step, data)
    const start = step.intervals.at(-1)?.start
    step.log.add(data, start === undefined ? 0 : seconds(timestamp - start))
    this.#mark(step, now)
  }

  #mark(step: Step, now: Date): void {
    step.countChange(now.getTime())
    this.changed.add(step)
  }

  #setClock(started: Instant, now: Date): void {
    if (this.clockSkew === 0n) this.clockSkew = toNanoseconds(now) - started
  }
}
