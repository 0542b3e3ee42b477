import type { TerminalSize } from '../../domain/terminal-size.ts'
import type { BuildStatus } from './build-status.ts'
import type { ProgressColors } from './colors.ts'
import type { BuildDisplay, DisplayContext } from './display.ts'
import { collectErrorLogs } from './display.ts'
import { alignEnds, countSteps, createLines, formatLine } from './lines.ts'
import { fitLines, LogWindows } from './log-windows.ts'
import { formatSeconds, toNanoseconds, toSeconds } from './quantities.ts'
import { BuildTrace } from './trace.ts'

export interface TerminalContext extends DisplayContext {
  readonly colors: ProgressColors
  /** The most rows of a log window (BUILDKIT_TTY_LOG_LINES). */
  readonly logRows: number
  /** Returns the current size of the terminal. */
  readonly size: () => TerminalSize
}

const UNKNOWN_SIZE: TerminalSize = { columns: 80, rows: 10 }

const HIDE_CURSOR = '\x1b[?25l'
const SHOW_CURSOR = '\x1b[?25h'
const FIRST_COLUMN = '\x1b[0G'

/**
 * The display on terminals: a heading with counts, one line per step with its time, and the end of the log under
 * running steps. It is redrawn in place.
 */
export class TerminalDisplay implements BuildDisplay {
  readonly #context: TerminalContext
  readonly #windows: LogWindows
  readonly #trace: BuildTrace
  #size = UNKNOWN_SIZE
  #drawnLines: number | undefined

  constructor(context: TerminalContext) {
    this.#context = context
    this.#windows = new LogWindows(context.logRows)
    this.#trace = new BuildTrace(
      () => this.#windows.newScreen(this.#size.columns),
      (step, data) => this.#windows.write(step, data, this.#size.columns),
    )
  }

  update(status: BuildStatus): void {
    this.#measure()
    this.#trace.update(status, this.#context.now())
  }

  refresh(): void {
    this.#draw(false)
  }

  done(): void {
    this.#measure()
    this.#draw(true)
    for (const output of collectErrorLogs(this.#trace.steps)) this.#context.write(output)
  }

  /** Reads the size of the terminal. An unknown size is replaced by a small one. */
  #measure(): void {
    const { columns, rows } = this.#context.size()
    this.#size = columns > 0 && rows > 0 ? { columns, rows } : UNKNOWN_SIZE
  }

  /** @param isLast whether this is the last drawing, which has all lines even if they do not fit */
  #draw(isLast: boolean): void {
    const now = toNanoseconds(this.#context.now())
    const { columns, rows } = this.#size
    const all = createLines(this.#trace)
    const windowRows = this.#windows.open(all, rows)
    const lines = isLast ? all : fitLines(all, rows - 2 - windowRows)
    const output: string[] = []
    if (this.#drawnLines !== undefined) output.push(`\x1b[${this.#drawnLines + 1}A`)
    output.push(FIRST_COLUMN, HIDE_CURSOR, `${this.#head(now, isLast)}\n`)
    let count = 0
    for (const line of lines) {
      const text = formatLine(line, columns, now, this.#context.colors)
      if (text === undefined) continue
      output.push(text)
      count++
      const logRows = this.#windows.rowsUnder(line, columns)
      output.push(...logRows.map((row) => `\x1b[2m => => # ${row}\n\x1b[0m`))
      count += logRows.length
    }
    const left = (this.#drawnLines ?? 0) - count
    if (left > 0) output.push(`${' '.repeat(columns)}\n`.repeat(left), `\x1b[${left}A`, FIRST_COLUMN)
    this.#drawnLines = count
    this.#context.write(output.join('') + SHOW_CURSOR)
  }

  #head(now: bigint, isLast: boolean): string {
    const { started, clockSkew } = this.#trace
    const { done, total } = countSteps(this.#trace)
    const passed = formatSeconds(toSeconds(started === undefined ? 0n : now - started - clockSkew))
    const outcome = isLast && done > 0 && done === total ? 'FINISHED' : ''
    const { columns } = this.#size
    const { description } = this.#context
    const width = description === '' ? columns : columns - 1
    return alignEnds(`[+] Building ${passed} (${done}/${total}) ${outcome}`, description, width).slice(0, columns)
  }
}
