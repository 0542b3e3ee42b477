/** Framed tables of lists, for the format `pretty`. */
import { type FramedCell, formatFramedTable } from '../table/framed.ts'
import type { RowOptions } from './field.ts'
import type { WriteRows } from './list.ts'

/** The width in columns where there is no terminal. */
const DEFAULT_WIDTH = 80

/** Longer lists are printed in plain columns, because the time to draw a frame grows with the square of its rows. */
const MAX_ROWS = 500

export interface PrettyColumn<Row> {
  readonly header: string
  readonly cell: (row: Row, options: RowOptions) => FramedCell
}

/**
 * Writes rows in a frame.
 * @param plain writes a list that is too long for a frame
 */
export function prettyWriter<Row>(
  columns: readonly PrettyColumn<Row>[],
  headerColor: (text: string) => string,
  plain: WriteRows<Row>,
  width = DEFAULT_WIDTH,
): WriteRows<Row> {
  const header = columns.map((column) => ({ text: column.header, color: headerColor }))
  return (rows, options) => {
    if (rows.length > MAX_ROWS) return plain(rows, options)
    const cells = rows.map((row) => columns.map(({ cell }) => cell(row, options)))
    return formatFramedTable(header, cells, width)
  }
}
