import { firstColumns, type Line } from './lines.ts'
import { LogScreen } from './log-screen.ts'
import type { Step } from './step.ts'

const FEWEST_ROWS = 6
/** What a window costs in rows besides its own. */
const ROWS_AROUND = 3
/** Columns that a window is narrower than the terminal: its margin, ` => => # `, and one. */
const MARGIN = 10
/** Having been shown counts as so many bytes more, so that a window stays where it is. */
const BYTES_A_SHOWING = 50

/** The windows on the logs of running steps: which steps have one, and how high they are. */
export class LogWindows {
  readonly #wantedRows: number
  readonly #showings = new Map<Step, number>()
  #open = new Set<Step>()
  #rows: number

  /** @param wantedRows the most rows that a window may have */
  constructor(wantedRows: number) {
    this.#wantedRows = wantedRows
    this.#rows = wantedRows
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
   * Gives windows to the running steps that write most, as many as there is room for.
   * @param rows the terminal's height
   * @returns how many rows the windows take
   */
  open(lines: readonly Line[], rows: number): number {
    const running = lines.filter(({ isCompleted }) => !isCompleted)
    const candidates = running
      .flatMap(({ step }) => (step && step.screenBytes > 0 ? [step] : []))
      .sort((a, b) => this.#weight(b) - this.#weight(a))
    this.#rows = this.#rowsIn(rows)
    const cost = this.#rows + ROWS_AROUND
    const free = rows - 2 - running.length
    // There has to be more room than the windows need.
    const count = Math.max(0, Math.ceil(free / cost) - 1)
    this.#open = new Set(candidates.slice(0, count))
    return [...this.#open].reduce((sum, { screen }) => sum + (screen?.usedRows().length ?? 0), 0)
  }

  /** The rows to show under a line; none where it has no window. */
  rowsUnder({ step }: Line, columns: number): string[] {
    if (step?.screen === undefined || !this.#open.delete(step)) return []
    this.#showings.set(step, (this.#showings.get(step) ?? 0) + 1)
    step.screen.resize(this.#rows, columns - MARGIN)
    return step.screen.usedRows().map((row) => firstColumns(row, columns - MARGIN))
  }

  #weight(step: Step): number {
    return step.screenBytes + (this.#showings.get(step) ?? 0) * BYTES_A_SHOWING
  }

  #rowsIn(height: number): number {
    return Math.max(FEWEST_ROWS, Math.min(this.#wantedRows, height - FEWEST_ROWS - 1))
  }
}

/** The last lines that fit; of running ones that do not, the last take the place of the first that are over. */
export function fitted(lines: readonly Line[], count: number): readonly Line[] {
  if (count < 0) return []
  if (lines.length <= count) return lines
  const shown = lines.slice(lines.length - count)
  const cutOff = lines.slice(0, lines.length - count).filter(({ isCompleted }) => !isCompleted)
  const kept = shown.filter(({ isCompleted }, index) => !isCompleted || index >= cutOff.length)
  const room = shown.length - kept.length
  return room === 0 ? kept : [...cutOff.slice(-room), ...kept]
}
