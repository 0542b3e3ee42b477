import { findNode } from '../../actions/swarm/nodes.ts'
import { printTasks, taskFlags } from '../../actions/swarm/tasks.ts'
import { DockerCommand } from '../../cli/command.ts'
import { failuresInTurn, throwFailures } from '../../cli/each.ts'
import { type Filters, withFilter } from '../../domain/filter.ts'
import type { Task } from '../../domain/swarm/task.ts'
import { rest } from '../../flags/arg.ts'

export default class NodePs extends DockerCommand {
  static override summary = 'List the tasks that run on nodes (default: the current node)'
  static override examples = [
    { description: 'List the tasks of the node that the command runs on', command: 'tug node ps' },
    {
      description: 'Print the running tasks of two nodes',
      command: "tug node ps --filter desired-state=running --format '{{.Name}} {{.CurrentState}}' self worker1",
    },
  ]
  static override synopsis = '[OPTIONS] [NODE...]'
  static override args = { node: rest('NODE') }
  static override flags = taskFlags
  static override completes = 'nodes' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(NodePs)
    const tasks: Task[] = []
    const failures = await failuresInTurn(args.node.length > 0 ? args.node : ['self'], async (typed) => {
      tasks.push(...(await this.#tasksOn(typed, flags.filter)))
    })
    try {
      if (failures.length === 0 || tasks.length > 0) await printTasks(tasks, flags, this.cli)
    } catch (error) {
      failures.push(error)
    }
    throwFailures(failures)
  }

  async #tasksOn(typed: string, filter: Filters): Promise<Task[]> {
    const { ID = '' } = await findNode(typed, this.cli)
    return this.cli.engine.tasks.list(withFilter(filter, 'node', ID))
  }
}
