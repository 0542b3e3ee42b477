import { PLAIN, textWidth } from '../text/width.ts'
import { tabwriter } from './tabwriter.ts'

/** Colors a cell, given the indexes of its row (0 is the header) and column. Its width is measured without the color. */
export type Paint = (cell: string, row: number, column: number) => string

export interface ColumnsOptions {
  readonly eastAsian?: boolean
  readonly paint?: Paint | undefined
  /** What formats a table with a row that is wider than the terminal. */
  readonly fit?: Fit | undefined
}

/** Another layout for a table that is wider than the terminal. */
export interface Fit {
  /** The columns of the terminal. */
  readonly width: number
  /** Formats the table; undefined if it cannot be made to fit either. */
  readonly format: (rows: readonly (readonly string[])[], paint: Paint | undefined) => string | undefined
}

const MIN_WIDTH = 10
const PADDING = 3

/** Characters that end a cell or line. A cell with one of them needs the full algorithm of `tabwriter`. */
const BREAKS = /[\t\n\v\f]/

/**
 * Formats rows of equally many cells as docker's tables. Each column but the last is as wide as its widest cell and three
 * spaces, and at least ten columns. Every line ends with a newline. An empty last cell leaves trailing spaces, as in
 * docker.
 */
export function columns(rows: readonly (readonly string[])[], options: ColumnsOptions = {}): string {
  const { eastAsian = false, paint, fit } = options
  const last = (rows[0]?.length ?? 0) - 1
  const columnWidths = new Array<number>(Math.max(last, 0)).fill(MIN_WIDTH)
  const cellWidths: number[] = []
  let lastWidth = 0
  for (const row of rows) {
    for (let column = 0; column <= last; column++) {
      const cell = row[column] ?? ''
      let width = cell.length
      if (!PLAIN.test(cell)) {
        if (BREAKS.test(cell)) return tabwriter(`${rows.map((cells) => cells.join('\t')).join('\n')}\n`, options)
        width = textWidth(cell, eastAsian)
      }
      if (column === last) {
        if (width > lastWidth) lastWidth = width
        continue
      }
      cellWidths.push(width)
      if (width + PADDING > (columnWidths[column] ?? 0)) columnWidths[column] = width + PADDING
    }
  }
  if (fit && columnWidths.reduce((sum, width) => sum + width, lastWidth) > fit.width) {
    const fitted = fit.format(rows, paint)
    if (fitted !== undefined) return fitted
  }
  let text = ''
  let cellIndex = 0
  for (const [index, row] of rows.entries()) {
    for (let column = 0; column <= last; column++) {
      const cell = row[column] ?? ''
      text += paint === undefined || cell === '' ? cell : paint(cell, index, column)
      if (column < last) text += ' '.repeat((columnWidths[column] ?? 0) - (cellWidths[cellIndex++] ?? 0))
    }
    text += '\n'
  }
  return text
}
