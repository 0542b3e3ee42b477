import { DockerCommand } from '../../cli/command.ts'
import { refuseContentTrust } from '../../cli/content-trust.ts'
import { surroundingsOf, warnOfMounts } from '../../cli/create-container.ts'
import { createService } from '../../cli/service/create.ts'
import { waitForService } from '../../cli/service-progress/wait.ts'
import { one, rest } from '../../options/arg.ts'
import { createFlags } from '../../options/service/create-flags.ts'
import { createSpec } from '../../options/service/create-spec.ts'

export default class ServiceCreate extends DockerCommand {
  static override summary = 'Run an image on a swarm as a new service'
  static override synopsis = '[OPTIONS] IMAGE [COMMAND] [ARG...]'
  static override interspersed = false
  static override args = { image: one('IMAGE'), command: rest('COMMAND') }
  static override flags = createFlags

  async run(): Promise<void> {
    const { flags, args, given } = await this.read(ServiceCreate)
    warnOfMounts(flags.mount, this.cli)
    const spec = createSpec({ flags, given, ...args }, await surroundingsOf(this.cli, () => [0, 0]))
    refuseContentTrust(true, false, this.cli)
    const id = await createService(spec, flags, this.cli)
    this.cli.out.write(`${id}\n`)
    if (!flags.detach) await waitForService(id, flags.quiet, this.cli)
  }
}
