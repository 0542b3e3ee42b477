import { Chalk, type ChalkInstance } from 'chalk'
import type { ContainerSummary } from '../domain/container/container.ts'
import type { Paint } from './columns.ts'
import type { ColorLevel } from './views/view.ts'

/** Colors a piece of text. */
export type Color = (text: string) => string

/** The colors of lists. At level 0 they change nothing. */
export interface Palette {
  readonly head: Color
  readonly dim: Color
  /** The color of a container's state: green runs, yellow waits, red failed, dim is over. */
  readonly state: (container: ContainerSummary) => Color
}

export function palette(level: ColorLevel): Palette {
  const chalk = new Chalk({ level })
  return { head: chalk.bold, dim: chalk.dim, state: (container) => stateColor(chalk, container) }
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
 * Paints a table: its head, and one column by what each row is.
 * @param column the column that `rowColor` colors; -1 for none
 */
export function tablePaint<Row>(
  head: Color,
  rows: readonly Row[],
  column: number,
  rowColor: (row: Row) => Color,
): Paint {
  return (cell, index, at) => {
    if (index === 0) return head(cell)
    const row = rows[index - 1]
    return at === column && row !== undefined ? rowColor(row)(cell) : cell
  }
}
