import { makeVisible } from '../text/visible.ts'
import { PLAIN, textWidth } from '../text/width.ts'
import type { Paint } from './columns.ts'
import { narrowColumns } from './widths.ts'
import { longestWord, wrap } from './wrap.ts'

export interface FitOptions {
  /** The columns of the terminal. */
  readonly width: number
  readonly eastAsian: boolean
  readonly paint: Paint | undefined
  /** For each column, what separates the entries of its cells, which get a line each; empty for a cell that is a text. */
  readonly separators: readonly string[]
}

/** The spaces between two columns. */
const GAP = 2

/** The pieces into which words are broken have at least this width. */
const MIN_PIECE_WIDTH = 8

/** In narrower windows tables are not wrapped: their columns would consist of single words. */
const MIN_WINDOW_WIDTH = 40

/** An ID or a digest, which is not broken, so that it can be copied. */
const ID_WORD = /(?<!\S)(?:[a-z0-9]+:)?[0-9a-f]{12,}(?!\S)|(?<!\S)[0-9a-z]{25}(?!\S)/g

/** Control characters, which would break the lines of a table. */
const CONTROL = /\p{Cc}/u

/**
 * Formats a table that is wider than the terminal so that it fits: cells are wrapped within their columns.
 * @param rows cells without colors; the first row is the header
 * @returns undefined if the window is too narrow for that
 */
export function fitTable(rows: readonly (readonly string[])[], options: FitOptions): string | undefined {
  const { width, eastAsian, paint, separators } = options
  if (width < MIN_WINDOW_WIDTH) return undefined
  const table = rows.map((row) => row.map((cell, column) => splitEntries(cell, separators[column] ?? '')))
  const widths = fittingWidths(table, width, eastAsian)
  if (widths === undefined) return undefined
  const wrapLine = widths.map((columnWidth) => memoize((line) => wrap(line, columnWidth, eastAsian)))
  let text = ''
  for (const [row, cells] of table.entries()) {
    const wrapped = cells.map((lines, column) => lines.flatMap((line) => wrapLine[column]?.(line) ?? []))
    text += formatRow(wrapped, widths, { row, eastAsian, paint })
  }
  return text
}

/** Remembers the results of a function, because many cells of a list are equal, such as the states of containers. */
function memoize<T>(compute: (text: string) => T): (text: string) => T {
  const results = new Map<string, T>()
  return (text) => {
    const result = results.get(text) ?? compute(text)
    results.set(text, result)
    return result
  }
}

/** Returns the lines of a cell. Control characters are escaped. */
function splitEntries(cell: string, separator: string): readonly string[] {
  const text = CONTROL.test(cell) ? makeVisible(cell) : cell
  return separator === '' ? [text] : text.split(separator)
}

/** Returns the widths of the columns; undefined if the table cannot be made to fit. */
function fittingWidths(
  table: readonly (readonly (readonly string[])[])[],
  width: number,
  eastAsian: boolean,
): readonly number[] | undefined {
  const measureWords = memoize((line) => ({
    word: longestWord(line, eastAsian),
    id: Math.max(0, ...(line.match(ID_WORD) ?? []).map((id) => id.length)),
  }))
  const count = table[0]?.length ?? 0
  const natural = new Array<number>(count).fill(1)
  const minimum = new Array<number>(count).fill(1)
  const broken = new Array<number>(count).fill(1)
  for (const [row, cells] of table.entries()) {
    for (const [column, lines] of cells.entries()) {
      for (const line of lines) {
        const lineWidth = widthOf(line, eastAsian)
        raise(natural, column, lineWidth)
        // The rest takes time, and a line of this width changes nothing.
        if (lineWidth <= (broken[column] ?? 0)) continue
        const { word, id } = measureWords(line)
        raise(minimum, column, word)
        // The words of the header are not broken, and neither are IDs.
        raise(broken, column, row === 0 ? word : Math.max(id, Math.min(word, MIN_PIECE_WIDTH)))
      }
    }
  }
  const available = width - GAP * (count - 1)
  const widths = narrowColumns(natural, minimum, broken, available)
  return widths.reduce((sum, columnWidth) => sum + columnWidth, 0) <= available ? widths : undefined
}

function raise(widths: number[], column: number, width: number): void {
  if (width > (widths[column] ?? 0)) widths[column] = width
}

function widthOf(text: string, eastAsian: boolean): number {
  return PLAIN.test(text) ? text.length : textWidth(text, eastAsian)
}

interface RowStyle {
  readonly row: number
  readonly eastAsian: boolean
  readonly paint: Paint | undefined
}

/** Formats a row, which has as many lines as its tallest cell. @param cells the lines of each cell */
function formatRow(
  cells: readonly (readonly string[])[],
  widths: readonly number[],
  { row, eastAsian, paint }: RowStyle,
): string {
  const height = Math.max(...cells.map((lines) => lines.length))
  let text = ''
  for (let line = 0; line < height; line++) {
    let gap = 0
    for (const [column, lines] of cells.entries()) {
      const piece = lines[line] ?? ''
      // Spaces are written in front of the next piece, so that no line ends with spaces.
      if (piece !== '') {
        text += ' '.repeat(gap) + (paint ? paint(piece, row, column) : piece)
        gap = 0
      }
      gap += (widths[column] ?? 0) - widthOf(piece, eastAsian) + GAP
    }
    text += '\n'
  }
  return text
}
