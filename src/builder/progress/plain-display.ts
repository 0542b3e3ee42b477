import type { BuildStatus, VertexStatus } from './build-status.ts'
import { type BuildDisplay, collectErrorLogs, type DisplayContext } from './display.ts'
import { chooseNextStep } from './next-step.ts'
import { formatAmount, formatSeconds, seconds, sumSeconds, toNanoseconds } from './quantities.ts'
import type { Step } from './step.ts'
import { BuildTrace } from './trace.ts'

/** The length of truncated names, in bytes (PROGRESS_NO_TRUNC=0). */
const SHORT_NAME_LENGTH = 72

type Text = string | Uint8Array

/**
 * The display off terminals. Each step gets a number when it is first printed, and each of its lines begins with that
 * number. One step is printed at a time; `#1 ...` marks that step 1 continues after another one.
 */
export class PlainDisplay implements BuildDisplay {
  readonly #context: DisplayContext
  readonly #trace = new BuildTrace()
  readonly #numbers = new Map<Step, number>()
  readonly #printedParts = new PrintedParts()
  /** The number of bytes of a step's incomplete log line that have been printed. */
  readonly #printedBytes = new Map<Step, number>()
  #current: Step | undefined
  #output: Text[] = []

  constructor(context: DisplayContext) {
    this.#context = context
  }

  update(status: BuildStatus): void {
    this.#trace.update(status, this.#context.now())
  }

  refresh(): void {
    this.#printChanged()
    this.#flush()
  }

  done(): void {
    this.#printChanged()
    this.#output.push(...collectErrorLogs(this.#trace.steps))
    this.#flush()
  }

  #printChanged(): void {
    const changed = [...this.#trace.changed].filter((step) => !step.isHidden)
    const completed = changed.filter((step) => step.isCompleted).sort(compareEnds)
    const running = changed.filter((step) => !step.isCompleted)
    const before = this.#current
    // Completed steps come first, and among them the step that is being printed.
    if (before !== undefined && completed.includes(before)) this.#print(before)
    for (const step of completed) if (step !== before) this.#print(step)
    if (running.length === 0) this.#printAnyRunning(before)
    else this.#printMostActive(running, before, before !== undefined && completed.includes(before))
  }

  #printAnyRunning(before: Step | undefined): void {
    if (before?.isStarted && !before.isCompleted) return
    const open = [...this.#trace.byDigest.values()].find(
      (step) => step.isStarted && !step.isCompleted && !step.isHidden,
    )
    if (open) this.#print(open)
  }

  #printMostActive(running: readonly Step[], before: Step | undefined, hasEnded: boolean): void {
    if (before !== undefined && running.includes(before)) this.#print(before)
    const next = chooseNextStep(running, before, hasEnded, this.#context.now().getTime())
    if (next) this.#print(next)
  }

  #print(step: Step): void {
    if (step !== this.#current) this.#switchTo(step)
    const number = this.#number(step)
    let isPartOpen = false
    for (const id of step.partIds) {
      const part = step.parts.get(id)
      if (part === undefined || !step.changedParts.has(id) || !this.#printedParts.isWorthPrinting(part)) continue
      if (part.completed === undefined) isPartOpen = true
      const amount = formatAmount(part)
      this.#output.push(`#${number} ${part.id}${amount && ` ${amount}`}${partTime(part)}\n`)
    }
    step.changedParts.clear()
    for (const warning of step.warnings.splice(0)) this.#output.push(`#${number} WARN: `, warning.short, '\n')
    this.#printLog(step, number)
    this.#current = step
    // A cache import reports parts of steps that have completed.
    if (step.isCompleted && !isPartOpen) this.#end(step, number)
    this.#trace.changed.delete(step)
  }

  #switchTo(step: Step): void {
    const before = this.#current
    if (before) {
      this.#printedBytes.delete(before)
      before.changes = 0
      this.#output.push(`${before.log.isOpen ? '\n' : ''}#${this.#number(before)} ...\n`)
    }
    const isFirst = this.#numbers.size === 0
    if (!isFirst) this.#output.push('\n')
    else if (this.#context.description !== '') this.#output.push(`#0 ${this.#context.description}\n\n`)
    this.#output.push(`#${this.#number(step)} `, this.#name(step), '\n')
  }

  #name({ vertex: { name } }: Step): string | Uint8Array {
    if (!this.#context.hasShortNames) return name
    const bytes = Buffer.from(name)
    return bytes.length <= SHORT_NAME_LENGTH
      ? name
      : Buffer.concat([bytes.subarray(0, SHORT_NAME_LENGTH), Buffer.from('...')])
  }

  #printLog(step: Step, number: number): void {
    const { lines, isOpen } = step.log
    for (const [index, line] of lines.entries()) {
      const printed = index === 0 ? (this.#printedBytes.get(step) ?? 0) : 0
      const text = line.subarray(printed)
      this.#output.push(printed === 0 ? `#${number} ` : '', text, index < lines.length - 1 || !isOpen ? '\n' : '')
      step.lastLines.keep(text, isOpen)
    }
    if (lines.length === 0) return
    this.#printedBytes.delete(step)
    step.log.lines = isOpen ? lines.slice(-1) : []
    if (isOpen) this.#printedBytes.set(step, lines.at(-1)?.length ?? 0)
  }

  #end(step: Step, number: number): void {
    this.#current = undefined
    step.changes = 0
    if (step.log.isOpen) this.#output.push('\n')
    this.#output.push(`#${number} ${this.#outcome(step)}\n`)
  }

  #outcome({ vertex, isCanceled, intervals }: Step): string {
    if (isCanceled) return 'CANCELED'
    if (vertex.error !== '') return `ERROR: ${vertex.error}`
    if (vertex.isCached) return 'CACHED'
    return `DONE ${formatSeconds(sumSeconds(intervals, toNanoseconds(this.#context.now())))}`
  }

  #number(step: Step): number {
    const number = this.#numbers.get(step) ?? this.#numbers.size + 1
    this.#numbers.set(step, number)
    return number
  }

  /** Writes the output at once, so that a terminal or pipe gets whole lines. */
  #flush(): void {
    if (this.#output.length === 0) return
    const output = this.#output
    this.#output = []
    this.#context.write(Buffer.concat(output.map((text) => (typeof text === 'string' ? Buffer.from(text) : text))))
  }
}

function partTime({
  timestamp = 0n,
  started,
  completed,
}: {
  timestamp?: bigint
  started?: bigint
  completed?: bigint
}) {
  const passed = started === undefined ? 0 : seconds((completed ?? timestamp) - started)
  return (passed > 0.01 ? ` ${formatSeconds(passed)}` : '') + (completed === undefined ? '' : ' done')
}

function compareEnds(a: Step, b: Step): number {
  const [first = 0n, second = 0n] = [a.intervals.at(-1)?.stop, b.intervals.at(-1)?.stop]
  return first < second ? -1 : first > second ? 1 : 0
}

/**
 * A part is printed again when its progress exceeds this share of the total, or this time in nanoseconds has passed.
 */
const WORTHWHILE_SHARE = 0.05
const WORTHWHILE_TIME = 5_000_000_000n

/** The printed state of each part of a step. It limits the lines of a download, which would be hundreds. */
class PrintedParts {
  readonly #last = new Map<string, VertexStatus>()

  /** Returns whether a part has progressed enough since it was last printed; if so, records that it is printed now. */
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
