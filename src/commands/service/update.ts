import { clientEnvironment, warnOfMounts } from '../../actions/container/create.ts'
import { refuseContentTrust } from '../../actions/image/content-trust.ts'
import { waitForService } from '../../actions/service/progress/follow.ts'
import { checkRollback, updateService } from '../../actions/service/update.ts'
import { DockerCommand } from '../../cli/command.ts'
import { one } from '../../flags/arg.ts'
import { serviceUpdateFlags, updateServiceSpec } from '../../flags/service/update.ts'

export default class ServiceUpdate extends DockerCommand {
  static override summary = 'Update a service'
  static override examples = [
    {
      description: 'Change environment and limits, and replace the tasks one after the other',
      command: 'tug service update --env-add TZ=UTC --limit-memory 64m clock',
    },
    {
      description: 'Change how later updates are done',
      command: 'tug service update -d --update-delay 10s --update-order start-first clock',
    },
    { description: 'Replace all tasks although nothing has changed', command: 'tug service update -d --force clock' },
  ]
  static override synopsis = '[OPTIONS] SERVICE'
  static override args = { service: one('SERVICE') }
  static override flags = serviceUpdateFlags
  static override completes = 'services' as const
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ServiceUpdate)
    warnOfMounts(flags['mount-add'], this.cli)
    const line = { flags, typedFlags }
    const service = await this.cli.engine.services.inspect(args.service)
    checkRollback(line)
    const spec = updateServiceSpec(service.Spec ?? {}, line, await clientEnvironment(this.cli, () => [0, 0]))
    if (typedFlags.has('image')) refuseContentTrust(true, false, this.cli)
    await updateService(service, spec, line, this.cli)
    this.cli.out.write(`${args.service}\n`)
    if (!flags.detach) await waitForService(args.service, flags.quiet, this.cli)
  }
}
