import { type Line, truncateColumns } from './lines.ts'
import { LogScreen } from './log-screen.ts'
import type { Step } from './step.ts'

const FEWEST_ROWS = 6
/** The number of rows that a window needs in addition to its own. */
const ROWS_AROUND = 3
/** The number of columns by which a window is narrower than the terminal: its margin ` => => # ` and one more. */
const MARGIN = 10
/** Each time that a window is shown counts as this many bytes of output, so that windows do not jump between steps. */
const BYTES_PER_SHOWING = 50

/** The log windows of running steps: decides which steps have one, and how high the windows are. */
export class LogWindows {
  readonly #maximumRows: number
  readonly #showings = new Map<Step, number>()
  #open = new Set<Step>()
  #rows: number

  /** @param maximumRows the most rows of a window */
  constructor(maximumRows: number) {
    this.#maximumRows = maximumRows
    this.#rows = maximumRows
  }

  newScreen(columns: number): LogScreen {
    return new LogScreen(this.#rows, columns - MARGIN)
  }

  write(step: Step, data: Uint8Array, columns: number): void {
    const { screen } = step
    if (screen === undefined) return
    this.#rows = this.#rowsIn(screen.height)
    screen.resize(this.#rows, columns - MARGIN)
    screen.write(data)
    step.screenBytes += data.length
  }

  /**
   * Opens windows for the running steps with the most output, as many as fit.
   * @param rows the height of the terminal
   * @returns the number of rows that the windows take
   */
  open(lines: readonly Line[], rows: number): number {
    const running = lines.filter(({ isCompleted }) => !isCompleted)
    const candidates = running
      .flatMap(({ step }) => (step && step.screenBytes > 0 ? [step] : []))
      .sort((a, b) => this.#weight(b) - this.#weight(a))
    this.#rows = this.#rowsIn(rows)
    const cost = this.#rows + ROWS_AROUND
    const free = rows - 2 - running.length
    // There must be more rows than the windows need.
    const count = Math.max(0, Math.ceil(free / cost) - 1)
    this.#open = new Set(candidates.slice(0, count))
    return [...this.#open].reduce((sum, { screen }) => sum + (screen?.usedRows().length ?? 0), 0)
  }

  /** Returns the log rows under a line; none when its step has no window. */
  rowsUnder({ step }: Line, columns: number): string[] {
    if (step?.screen === undefined || !this.#open.delete(step)) return []
    this.#showings.set(step, (this.#showings.get(step) ?? 0) + 1)
    step.screen.resize(this.#rows, columns - MARGIN)
    return step.screen.usedRows().map((row) => truncateColumns(row, columns - MARGIN))
  }

  #weight(step: Step): number {
    return step.screenBytes + (this.#showings.get(step) ?? 0) * BYTES_PER_SHOWING
  }

  #rowsIn(height: number): number {
    return Math.max(FEWEST_ROWS, Math.min(this.#maximumRows, height - FEWEST_ROWS - 1))
  }
}

/** Returns the last lines that fit. Running steps that were cut off replace completed ones, the first of them first. */
export function fitLines(lines: readonly Line[], count: number): readonly Line[] {
  if (count < 0) return []
  if (lines.length <= count) return lines
  const last = lines.slice(lines.length - count)
  const cutOff = lines.slice(0, lines.length - count).filter(({ isCompleted }) => !isCompleted)
  const remaining = last.filter(({ isCompleted }, index) => !isCompleted || index >= cutOff.length)
  const room = last.length - remaining.length
  return room === 0 ? remaining : [...cutOff.slice(-room), ...remaining]
}
