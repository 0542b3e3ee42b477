import { PLAIN, textWidth } from '../text/width.ts'
import { tabwriter } from './tabwriter.ts'

/** Colors a cell that has been measured already; gets the row (0 is the header) and the column. */
export type Paint = (cell: string, row: number, column: number) => string

export interface ColumnsOptions {
  readonly eastAsian?: boolean
  readonly paint?: Paint | undefined
}

const MIN_WIDTH = 10
const PADDING = 3

/** Characters that end a cell or a line; a cell that holds one needs the whole algorithm. */
const BREAKS = /[\t\n\v\f]/

/**
 * Rows of equally many cells as docker prints tables: each column but the last is padded to its widest cell and three
 * spaces, at least ten in all. Every line ends with a newline; an empty last cell leaves trailing spaces, as in docker.
 */
export function columns(rows: readonly (readonly string[])[], options: ColumnsOptions = {}): string {
  const { eastAsian = false, paint } = options
  const last = (rows[0]?.length ?? 0) - 1
  const columnWidths = new Array<number>(Math.max(last, 0)).fill(MIN_WIDTH)
  const cellWidths: number[] = []
  for (const row of rows) {
    for (let column = 0; column <= last; column++) {
      const cell = row[column] ?? ''
      let width = cell.length
      if (!PLAIN.test(cell)) {
        if (BREAKS.test(cell)) return tabwriter(`${rows.map((cells) => cells.join('\t')).join('\n')}\n`, options)
        width = textWidth(cell, eastAsian)
      }
      if (column === last) continue
      cellWidths.push(width)
      if (width + PADDING > (columnWidths[column] ?? 0)) columnWidths[column] = width + PADDING
    }
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
