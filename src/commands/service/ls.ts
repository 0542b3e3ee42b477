import { printServices, serviceListFlags } from '../../actions/service/list.ts'
import { DockerCommand } from '../../cli/command.ts'

export default class ServiceLs extends DockerCommand {
  static override aliases = ['service:list']
  static override summary = 'List services'
  static override examples = [
    { description: 'List services with the number of their tasks', command: 'tug service ls' },
    {
      description: 'Print only names and numbers of tasks',
      command: "tug service ls --filter mode=replicated --format '{{.Name}} {{.Replicas}}'",
    },
  ]
  static override flags = serviceListFlags
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { flags } = await this.read(ServiceLs)
    await printServices(() => this.cli.engine.services.list(flags.filter, !flags.quiet), flags, this.cli)
  }
}
