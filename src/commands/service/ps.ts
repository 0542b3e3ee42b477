import { taskFilters } from '../../actions/service/task-filters.ts'
import { printTasks, taskFlags } from '../../actions/swarm/tasks.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { many } from '../../flags/arg.ts'

export default class ServicePs extends DockerCommand {
  static override summary = 'List the tasks of services'
  static override examples = [
    { description: 'List the tasks of a service', command: 'tug service ps clock' },
    {
      description: 'List tasks that have ended, with their whole errors',
      command: 'tug service ps --no-trunc --filter desired-state=shutdown clock',
    },
  ]
  static override synopsis = '[OPTIONS] SERVICE [SERVICE...]'
  static override args = { service: many('SERVICE') }
  static override flags = taskFlags
  static override completes = 'services' as const
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ServicePs)
    const { filters, missing } = await taskFilters(args.service, flags.filter, this.cli)
    const tasks = await this.cli.engine.tasks.list(filters)
    await printTasks(tasks, { ...flags, 'no-trunc': flags['no-trunc'] || flags.quiet }, this.cli)
    if (missing.length > 0) throw new ExitStatus(1, missing.join('\n'))
  }
}
