import Table from 'cli-table3'
import { textWidth } from '../text/width.ts'
import type { Color } from './color.ts'
import { longestWord, wrapped } from './wrap.ts'

/** One cell of a framed table; the color does not count for its width. */
export interface FramedCell {
  readonly text: string
  readonly color?: Color
}

/** Between two columns and at both ends stands a line, with a space on either side of each cell. */
const FRAME_PER_COLUMN = 3
const FRAME = 1

/**
 * A table in a frame, for people to look at. Cells are wrapped so that it fits `width` columns where its words allow
 * it; longer words are broken, never cut. Time grows with the square of the rows: not for long lists.
 */
export function framed(head: readonly FramedCell[], rows: readonly (readonly FramedCell[])[], width: number): string {
  const widths = columnWidths([head, ...rows], width)
  const table = new Table({ style: { head: [], border: [] }, head: cells(head, widths) })
  for (const row of rows) table.push(cells(row, widths))
  return `${table.toString()}\n`
}

function cells(row: readonly FramedCell[], widths: readonly number[]): string[] {
  return row.map(({ text, color }, column) =>
    wrapped(text, widths[column] ?? 1)
      .map((line) => (color === undefined || line === '' ? line : color(line)))
      .join('\n'),
  )
}

/** Words are not broken to pieces shorter than this: a frame wider than its terminal is easier to read. */
const SHORTEST_PIECE = 8

/** The widest column gives way first, down to its longest word; when that is not enough, long words give way too. */
function columnWidths(rows: readonly (readonly FramedCell[])[], width: number): number[] {
  const count = rows[0]?.length ?? 0
  const available = width - count * FRAME_PER_COLUMN - FRAME
  const columns = Array.from({ length: count }, (_, column) => rows.map((row) => row[column]?.text ?? ''))
  const natural = columns.map((texts) =>
    Math.max(1, ...texts.flatMap((text) => text.split('\n')).map((line) => textWidth(line))),
  )
  const least = columns.map((texts) => Math.max(1, ...texts.map(longestWord)))
  const broken = least.map((width) => Math.min(width, SHORTEST_PIECE))
  return shrunk(shrunk(natural, least, available), broken, available)
}

function shrunk(widths: readonly number[], least: readonly number[], available: number): number[] {
  const result = [...widths]
  let excess = result.reduce((sum, width) => sum + width, 0) - available
  while (excess > 0) {
    const room = result.map((width, column) => (width > (least[column] ?? 1) ? width : 0))
    const widest = room.indexOf(Math.max(...room))
    if (Math.max(...room) === 0) break
    result[widest] = (result[widest] ?? 1) - 1
    excess--
  }
  return result
}
