import { textWidth } from '../text/width.ts'

/** The layout of a {@link tabwriter}. The defaults are those of docker's tables. */
export interface TabLayout {
  /** The minimum width of a column, including its padding. */
  readonly minWidth?: number
  /** The spaces after the widest cell of a column. */
  readonly padding?: number
  readonly eastAsian?: boolean
}

interface Cell {
  readonly text: string
  readonly width: number
}

/**
 * Aligns tab-terminated cells as Go's text/tabwriter does. Only a cell that a tab ends belongs to a column. A column
 * consists of the adjacent lines that have such a cell, and a form feed ends all columns.
 */
export function tabwriter(text: string, layout: TabLayout = {}): string {
  const eastAsian = layout.eastAsian ?? false
  return text
    .split('\f')
    .map((part) => {
      const lines = part.split('\n').map((line) => line.split(/[\t\v]/).map((cell) => measure(cell, eastAsian)))
      return new Aligner(lines, layout.minWidth ?? 10, layout.padding ?? 3).align()
    })
    .join('\n')
}

function measure(text: string, eastAsian: boolean): Cell {
  return { text, width: textWidth(text, eastAsian) }
}

class Aligner {
  readonly #lines: readonly (readonly Cell[])[]
  readonly #minWidth: number
  readonly #padding: number
  readonly #out: string[] = []

  constructor(lines: readonly (readonly Cell[])[], minWidth: number, padding: number) {
    this.#lines = lines
    this.#minWidth = minWidth
    this.#padding = padding
  }

  align(): string {
    this.#block(0, this.#lines.length, [])
    return this.#out.join('\n')
  }

  /** Writes the lines from `start` to `end`. `widths` contains the widths of their first columns. */
  #block(start: number, end: number, widths: readonly number[]): void {
    const column = widths.length
    let line = start
    while (line < end) {
      if (!this.#hasColumn(line, column)) {
        this.#write(line, widths)
        line++
        continue
      }
      const first = line
      let width = this.#minWidth
      for (; line < end && this.#hasColumn(line, column); line++) {
        width = Math.max(width, (this.#lines[line]?.[column]?.width ?? 0) + this.#padding)
      }
      this.#block(first, line, [...widths, width])
    }
  }

  /** Whether a line has a cell in a column. No tab ends the last cell of a line, so it belongs to no column. */
  #hasColumn(line: number, column: number): boolean {
    return column < (this.#lines[line]?.length ?? 0) - 1
  }

  #write(line: number, widths: readonly number[]): void {
    const cells = this.#lines[line] ?? []
    this.#out.push(
      cells.map(({ text, width }, column) => text + ' '.repeat(Math.max(0, (widths[column] ?? 0) - width))).join(''),
    )
  }
}
