import type { Cli } from '../../cli/cli.ts'
import { displayFor, printInFormat } from '../../cli/io/list-format.ts'
import type { Task } from '../../domain/swarm/task.ts'
import { bool, text } from '../../flags/flag.ts'
import { filters } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { listView } from '../../format/views/list.ts'
import { markEarlierTasks, sortTasks, type TaskRow, taskList } from '../../format/views/swarm/task.ts'
import { createIdResolver, type IdResolver } from './id-resolver.ts'

/** The flags of `service ps` and `node ps`. */
export const taskFlags = {
  filter: { ...filters(), completes: 'nothing' as const },
  format: text({ summary: 'Format the output with a Go template' }),
  'no-resolve': bool({ summary: 'Do not map IDs to names' }),
  'no-trunc': bool({ summary: 'Do not truncate output' }),
  quiet: bool({ char: 'q', summary: 'Print task IDs only' }),
}

/** The values of `taskFlags` that determine how tasks are printed. */
export interface TaskFormat {
  /** The format as typed; if empty, `tasksFormat` of config.json is used. */
  readonly format: string
  readonly 'no-resolve': boolean
  readonly 'no-trunc': boolean
  readonly quiet: boolean
}

/** Prints the list of tasks for `service ps` and `node ps`. @throws FormatError for an invalid template */
export async function printTasks(tasks: readonly Task[], taskFormat: TaskFormat, cli: Cli): Promise<void> {
  const { format: typed, quiet, 'no-trunc': noTrunc, 'no-resolve': noResolve } = taskFormat
  await printInFormat(cli, 'tasksFormat', typed, quiet, async (format) => {
    const view = await listView(taskList, { format, quiet, noTrunc }, displayFor(cli, format, noTrunc || typed !== ''))
    const rows = await taskRows(tasks, createIdResolver(cli, noResolve))
    cli.out.write(printable(view.render(markEarlierTasks(rows, format, quiet), cli.now())))
  })
}

/** Resolves the names of tasks and sorts them. As in docker, all services are requested before the nodes. */
async function taskRows(tasks: readonly Task[], resolver: IdResolver): Promise<TaskRow[]> {
  const rows: TaskRow[] = []
  for (const task of tasks) {
    const service = await resolver.service(task.ServiceID ?? '')
    const slot = task.Slot ? String(task.Slot) : (task.NodeID ?? '')
    rows.push({ task, name: `${service}.${slot}`, node: '' })
  }
  const resolved: TaskRow[] = []
  for (const row of sortTasks(rows)) {
    resolved.push({ ...row, node: await resolver.node(row.task.NodeID ?? '') })
  }
  return resolved
}
