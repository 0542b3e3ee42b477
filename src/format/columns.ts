import { tabwriter } from './tabwriter.ts'
import { PLAIN, textWidth } from './width.ts'

/** Colors a cell that has been measured already; gets the row (0 is the header) and the column. */
export type Paint = (cell: string, row: number, column: number) => string

export interface ColumnsOptions {
  readonly eastAsian?: boolean
  readonly paint?: Paint | undefined
}

const MIN_WIDTH = 10
const PADDING = 3

/**
 * Rows of equally many cells as docker prints tables: each column but the last is padded to its widest cell and three
 * spaces, at least ten in all. Every line ends with a newline; an empty last cell leaves trailing spaces, as in docker.
 */
export function columns(rows: readonly (readonly string[])[], options: ColumnsOptions = {}): string {
  const last = (rows[0]?.length ?? 0) - 1
  const widths = new Array<number>(Math.max(last, 0)).fill(MIN_WIDTH)
  for (const row of rows) {
    for (let column = 0; column <= last; column++) {
      const cell = row[column] ?? ''
      const width = PLAIN.test(cell) ? cell.length : unusualWidth(cell, options.eastAsian ?? false)
      if (width < 0) return tabwriter(`${rows.map((cells) => cells.join('\t')).join('\n')}\n`, options)
      if (column < last && width + PADDING > (widths[column] ?? 0)) widths[column] = width + PADDING
    }
  }
  return rows.map((row, index) => line(row, index, widths, options)).join('')
}

function line(row: readonly string[], index: number, widths: readonly number[], options: ColumnsOptions): string {
  const { eastAsian = false, paint } = options
  let text = ''
  for (let column = 0; column < row.length; column++) {
    const cell = row[column] ?? ''
    text += paint === undefined || cell === '' ? cell : paint(cell, index, column)
    const width = widths[column]
    if (width === undefined) continue
    text += ' '.repeat(width - (PLAIN.test(cell) ? cell.length : textWidth(cell, eastAsian)))
  }
  return `${text}\n`
}

/** The width of a cell beyond ASCII, or -1 when it holds a character that breaks cells or lines. */
function unusualWidth(cell: string, eastAsian: boolean): number {
  return /[\t\n\v\f]/.test(cell) ? -1 : textWidth(cell, eastAsian)
}
