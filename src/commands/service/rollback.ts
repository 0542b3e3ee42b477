import { addDefaultTag } from '../../actions/service/image.ts'
import { waitForService } from '../../actions/service/progress/follow.ts'
import { DockerCommand } from '../../cli/command.ts'
import { one } from '../../flags/arg.ts'
import { waitFlags } from '../../flags/service/common.ts'

export default class ServiceRollback extends DockerCommand {
  static override summary = "Revert changes to a service's configuration"
  static override examples = [
    {
      description: 'Go back to the settings before the last update, without waiting',
      command: 'tug service rollback -d clock',
    },
  ]
  static override synopsis = '[OPTIONS] SERVICE'
  static override args = { service: one('SERVICE') }
  static override flags = waitFlags
  static override completes = 'services' as const
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ServiceRollback)
    const { services } = this.cli.engine
    const { ID = '', Version, Spec = {} } = await services.inspect(args.service)
    addDefaultTag(Spec)
    const change = {
      id: ID,
      version: Version?.Index ?? 0,
      spec: Spec,
      auth: '',
      authFrom: '',
      isRollback: true,
    } as const
    for (const warning of await services.update(change)) this.cli.err.write(`${warning}\n`)
    this.cli.out.write(`${args.service}\n`)
    if (!flags.detach) await waitForService(args.service, flags.quiet, this.cli)
  }
}
