import { clientEnvironment, warnOfMounts } from '../../actions/container/create.ts'
import { refuseContentTrust } from '../../actions/image/content-trust.ts'
import { createService } from '../../actions/service/create.ts'
import { waitForService } from '../../actions/service/progress/follow.ts'
import { DockerCommand } from '../../cli/command.ts'
import { one, rest } from '../../flags/arg.ts'
import { createServiceSpec, serviceCreateFlags } from '../../flags/service/create.ts'

export default class ServiceCreate extends DockerCommand {
  static override summary = 'Create a service'
  static override examples = [
    {
      description: 'Create a service of one task, and wait until it runs',
      command: "tug service create --name ticker busybox sh -c 'while date; do sleep 5; done'",
    },
    {
      description: 'Create two tasks that can read a secret, without waiting',
      command:
        'tug service create -d --name vault --secret db-password --replicas 2 --limit-memory 64m busybox sleep 1d',
    },
    {
      description: 'Run a job once, and wait until it has completed',
      command: 'tug service create --name backup --mode replicated-job busybox echo saved',
    },
  ]
  static override synopsis = '[OPTIONS] IMAGE [COMMAND] [ARG...]'
  static override interspersed = false
  static override args = { image: one('IMAGE'), command: rest('COMMAND') }
  static override flags = serviceCreateFlags
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ServiceCreate)
    warnOfMounts(flags.mount, this.cli)
    const spec = createServiceSpec({ flags, typedFlags, ...args }, await clientEnvironment(this.cli, () => [0, 0]))
    refuseContentTrust(true, false, this.cli)
    const id = await createService(spec, flags, this.cli)
    this.cli.out.write(`${id}\n`)
    if (!flags.detach) await waitForService(id, flags.quiet, this.cli)
  }
}
