import Table from 'cli-table3'
import { makeVisible } from '../text/visible.ts'
import { textWidth } from '../text/width.ts'
import type { Color } from './color.ts'
import { narrowColumns } from './widths.ts'
import { longestWord, wrap } from './wrap.ts'

/** A cell of a framed table. Its width is measured without the color. */
export interface FramedCell {
  readonly text: string
  readonly color?: Color
}

/** The columns that a cell's frame takes: a space on each side, and a line. The last column has another line. */
const FRAME_PER_COLUMN = 3
const FRAME = 1

/**
 * Formats a table with a frame, for people. Cells are wrapped to make the table fit `width` columns. Words that are too
 * long are broken, but never cut. The time grows with the square of the rows, so this is not suitable for long lists.
 */
export function formatFramedTable(
  header: readonly FramedCell[],
  untrusted: readonly (readonly FramedCell[])[],
  width: number,
): string {
  const rows = untrusted.map((row) => row.map(visibleCell))
  const widths = columnWidths([header, ...rows], width)
  const table = new Table({ style: { head: [], border: [] }, head: wrapCells(header, widths) })
  for (const row of rows) table.push(wrapCells(row, widths))
  return `${table.toString()}\n`
}

/** Escapes control characters in names and commands that others chose. The line breaks in a cell are tug's own. */
function visibleCell({ text, ...cell }: FramedCell): FramedCell {
  return { ...cell, text: text.split('\n').map(makeVisible).join('\n') }
}

function wrapCells(row: readonly FramedCell[], widths: readonly number[]): string[] {
  return row.map(({ text, color }, column) =>
    wrap(text, widths[column] ?? 1)
      .map((line) => (color === undefined || line === '' ? line : color(line)))
      .join('\n'),
  )
}

/** The shortest pieces into which words are broken. A frame wider than the terminal is easier to read than shorter ones. */
const MIN_PIECE_WIDTH = 8

/** Shrinks the widest columns first, down to their longest words. If that is not enough, long words are broken. */
function columnWidths(rows: readonly (readonly FramedCell[])[], width: number): number[] {
  const count = rows[0]?.length ?? 0
  const available = width - count * FRAME_PER_COLUMN - FRAME
  const columns = Array.from({ length: count }, (_, column) => rows.map((row) => row[column]?.text ?? ''))
  const natural = columns.map((texts) =>
    Math.max(1, ...texts.flatMap((text) => text.split('\n')).map((line) => textWidth(line))),
  )
  const minimum = columns.map((texts) => Math.max(1, ...texts.map((text) => longestWord(text))))
  const broken = minimum.map((width) => Math.min(width, MIN_PIECE_WIDTH))
  return narrowColumns(natural, minimum, broken, available)
}
