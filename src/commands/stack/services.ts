import { printServices, serviceListFlags } from '../../actions/service/list.ts'
import { DockerCommand } from '../../cli/command.ts'
import type { Service } from '../../domain/service/service.ts'
import { checkStackName, stackFilter } from '../../domain/stack/names.ts'
import { one } from '../../flags/arg.ts'

export default class StackServices extends DockerCommand {
  static override summary = 'List the services of a stack'
  static override examples = [
    { description: 'List the services of a stack', command: 'tug stack services shop' },
    {
      description: 'Print the names and numbers of tasks',
      command: "tug stack services --format '{{.Name}} {{.Replicas}}' shop",
    },
  ]
  static override synopsis = '[OPTIONS] STACK'
  static override args = { stack: one('STACK') }
  static override flags = serviceListFlags
  static override completes = 'stacks' as const
  static override requires = { minApi: '1.25' }

  async run(): Promise<void> {
    const { flags, args } = await this.read(StackServices)
    checkStackName(args.stack)
    const request = async (): Promise<readonly Service[] | undefined> => {
      const filters = stackFilter(args.stack, flags.filter)
      const services = await this.cli.engine.services.list(filters, !flags.quiet)
      if (services.length > 0) return services
      this.cli.err.write(`Nothing found in stack: ${args.stack}\n`)
      return undefined
    }
    await printServices(request, flags, this.cli)
  }
}
