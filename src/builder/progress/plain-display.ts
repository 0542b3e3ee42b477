import type { BuildStatus, VertexStatus } from './build-status.ts'
import { type BuildDisplay, type DisplayContext, errorLogs } from './display.ts'
import { nextStep } from './next-step.ts'
import { amountText, nanosOf, seconds, secondsText, totalSeconds } from './quantities.ts'
import type { Step } from './step.ts'
import { BuildTrace } from './trace.ts'

/** Bytes of a name where names are cut (PROGRESS_NO_TRUNC=0). */
const SHORT_NAME = 72

type Text = string | Uint8Array

/**
 * The display off terminals: each step has a number, which it gets when it is first printed, and each of its lines
 * begins with it. One step is printed at a time; when another one has more to say, `#1 ...` tells that the first goes
 * on.
 */
export class PlainDisplay implements BuildDisplay {
  readonly #context: DisplayContext
  readonly #trace = new BuildTrace()
  readonly #numbers = new Map<Step, number>()
  readonly #printedParts = new PrintedParts()
  /** Where the open line of a step's log has been printed up to. */
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
    this.#output.push(...errorLogs(this.#trace.steps))
    this.#flush()
  }

  #printChanged(): void {
    const changed = [...this.#trace.changed].filter((step) => !step.isHidden)
    const completed = changed.filter((step) => step.isCompleted).sort(byEnd)
    const going = changed.filter((step) => !step.isCompleted)
    const before = this.#current
    // What is over comes first, and of that the step that is being printed.
    if (before !== undefined && completed.includes(before)) this.#print(before)
    for (const step of completed) if (step !== before) this.#print(step)
    if (going.length === 0) this.#printAnyGoing(before)
    else this.#printMostActive(going, before, before !== undefined && completed.includes(before))
  }

  #printAnyGoing(before: Step | undefined): void {
    if (before?.isStarted && !before.isCompleted) return
    const open = [...this.#trace.byDigest.values()].find(
      (step) => step.isStarted && !step.isCompleted && !step.isHidden,
    )
    if (open) this.#print(open)
  }

  #printMostActive(going: readonly Step[], before: Step | undefined, isOver: boolean): void {
    if (before !== undefined && going.includes(before)) this.#print(before)
    const next = nextStep(going, before, isOver, this.#context.now().getTime())
    if (next) this.#print(next)
  }

  #print(step: Step): void {
    if (step !== this.#current) this.#turnTo(step)
    const number = this.#number(step)
    let isPartOpen = false
    for (const id of step.partIds) {
      const part = step.parts.get(id)
      if (part === undefined || !step.changedParts.has(id) || !this.#printedParts.isWorthPrinting(part)) continue
      if (part.completed === undefined) isPartOpen = true
      const amount = amountText(part)
      this.#output.push(`#${number} ${part.id}${amount && ` ${amount}`}${partTime(part)}\n`)
    }
    step.changedParts.clear()
    for (const warning of step.warnings.splice(0)) this.#output.push(`#${number} WARN: `, warning.short, '\n')
    this.#printLog(step, number)
    this.#current = step
    // A cache that is loaded from elsewhere reports parts of steps that are over.
    if (step.isCompleted && !isPartOpen) this.#end(step, number)
    this.#trace.changed.delete(step)
  }

  #turnTo(step: Step): void {
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
    return bytes.length <= SHORT_NAME ? name : Buffer.concat([bytes.subarray(0, SHORT_NAME), Buffer.from('...')])
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
    return `DONE ${secondsText(totalSeconds(intervals, nanosOf(this.#context.now())))}`
  }

  #number(step: Step): number {
    const number = this.#numbers.get(step) ?? this.#numbers.size + 1
    this.#numbers.set(step, number)
    return number
  }

  /** All at once: a terminal or pipe gets whole lines. */
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
  return (passed > 0.01 ? ` ${secondsText(passed)}` : '') + (completed === undefined ? '' : ' done')
}

function byEnd(a: Step, b: Step): number {
  const [first = 0n, second = 0n] = [a.intervals.at(-1)?.stop, b.intervals.at(-1)?.stop]
  return first < second ? -1 : first > second ? 1 : 0
}

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
