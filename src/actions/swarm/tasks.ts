import type { Cli } from '../../cli/cli.ts'
import { displayOf, inFormat } from '../../cli/display.ts'
import type { Task } from '../../domain/swarm/task.ts'
import { bool, text } from '../../flags/flag.ts'
import { filters } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { listView } from '../../format/views/list.ts'
import { markEarlierTasks, sortTasks, type TaskRow, taskList } from '../../format/views/swarm/task.ts'
import { type SwarmNames, swarmNames } from './names.ts'

/** The flags of `service ps` and `node ps`. */
export const taskFlags = {
  filter: filters(),
  format: text({ summary: 'Print tasks by a Go template' }),
  'no-resolve': bool({ summary: 'Show IDs where there are names' }),
  'no-trunc': bool({ summary: "Don't shorten output" }),
  quiet: bool({ char: 'q', summary: 'Print task IDs only' }),
}

/** How tasks are to be printed: the values of `taskFlags`. */
export interface TaskPrinting {
  /** As typed; config.json's `tasksFormat` counts where it is empty. */
  readonly format: string
  readonly 'no-resolve': boolean
  readonly 'no-trunc': boolean
  readonly quiet: boolean
}

/**
 * Prints the table of tasks of `service ps` and `node ps`.
 * @throws FormatError for a template that cannot be read or does not fit
 */
export async function printTasks(tasks: readonly Task[], printing: TaskPrinting, cli: Cli): Promise<void> {
  const { format: typed, quiet, 'no-trunc': noTrunc, 'no-resolve': noResolve } = printing
  await inFormat(cli, 'tasksFormat', typed, quiet, async (format) => {
    const view = await listView(taskList, { format, quiet, noTrunc }, displayOf(cli, format, noTrunc || typed !== ''))
    const rows = await namedTasks(tasks, swarmNames(cli, noResolve))
    cli.out.write(printable(view.render(markEarlierTasks(rows, format, quiet), cli.now())))
  })
}

/** In the order they are shown. Names are asked for one by one, all services' first, as docker does. */
async function namedTasks(tasks: readonly Task[], names: SwarmNames): Promise<TaskRow[]> {
  const rows: TaskRow[] = []
  for (const task of tasks) {
    const service = await names.service(task.ServiceID ?? '')
    const place = task.Slot ? String(task.Slot) : (task.NodeID ?? '')
    rows.push({ task, name: `${service}.${place}`, node: '' })
  }
  const named: TaskRow[] = []
  for (const row of sortTasks(rows)) {
    named.push({ ...row, node: await names.node(row.task.NodeID ?? '') })
  }
  return named
}
