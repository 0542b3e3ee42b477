import { Chalk, type ChalkInstance } from 'chalk'
import type { ContainerSummary } from '../../domain/container/container.ts'
import type { Paint } from './columns.ts'

/** The number of colors as chalk counts: 0 for none, 1 for 16 colors, 2 for 256, 3 for all. */
export type ColorLevel = 0 | 1 | 2 | 3

/** Colors a piece of text. */
export type Color = (text: string) => string

/** The colors of lists. At level 0 they leave text unchanged. */
export interface Palette {
  readonly header: Color
  readonly dim: Color
  /** Returns the color of a container's state: green if running, yellow if waiting, red if failed, dim if finished. */
  readonly state: (container: ContainerSummary) => Color
}

export function palette(level: ColorLevel): Palette {
  const chalk = new Chalk({ level })
  return { header: chalk.bold, dim: chalk.dim, state: (container) => stateColor(chalk, container) }
}

function stateColor(chalk: ChalkInstance, { State, Status = '' }: ContainerSummary): Color {
  switch (State) {
    case 'running':
      return Status.includes('(unhealthy)') ? chalk.red : chalk.green
    case 'paused':
    case 'restarting':
      return chalk.yellow
    case 'dead':
      return chalk.red
    case 'exited':
      return Status.startsWith('Exited (0)') ? chalk.dim : chalk.red
    default:
      return chalk.dim
  }
}

/**
 * Colors the header of a table, and one column depending on the row.
 * @param column the column that `rowColor` colors; -1 for none
 */
export function tablePaint<Row>(
  headerColor: Color,
  rows: readonly Row[],
  column: number,
  rowColor: (row: Row) => Color,
): Paint {
  return (cell, rowIndex, columnIndex) => {
    if (rowIndex === 0) return headerColor(cell)
    const row = rows[rowIndex - 1]
    return columnIndex === column && row !== undefined ? rowColor(row)(cell) : cell
  }
}
