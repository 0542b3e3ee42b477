import { printTasks, taskFlags } from '../../actions/swarm/tasks.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { checkStackName, stackFilter } from '../../domain/stack/names.ts'
import { one } from '../../flags/arg.ts'
import { filters } from '../../flags/shared.ts'

export default class StackPs extends DockerCommand {
  static override summary = 'List the tasks of a stack'
  static override examples = [
    { description: 'List the tasks of all services of a stack', command: 'tug stack ps shop' },
    {
      description: 'List tasks that should run, with their whole errors',
      command: 'tug stack ps --no-trunc --filter desired-state=running shop',
    },
  ]
  static override synopsis = '[OPTIONS] STACK'
  static override args = { stack: one('STACK') }
  static override flags = { ...taskFlags, filter: filters() }
  static override completes = 'stacks' as const
  static override requires = { minApi: '1.25' }

  async run(): Promise<void> {
    const { flags, args } = await this.read(StackPs)
    checkStackName(args.stack)
    const tasks = await this.cli.engine.tasks.list(stackFilter(args.stack, flags.filter))
    if (tasks.length === 0) throw new ExitStatus(1, `nothing found in stack: ${args.stack}`)
    await printTasks(tasks, flags, this.cli)
  }
}
