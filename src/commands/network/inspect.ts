import { DockerCommand } from '../../cli/command.ts'
import { findObject, inspectAll } from '../../cli/inspect.ts'
import { many } from '../../options/arg.ts'
import { bool } from '../../options/flag.ts'
import { objectFormat } from '../../options/shared.ts'

export default class NetworkInspect extends DockerCommand {
  static override summary = 'Show all that the daemon knows of networks'
  static override synopsis = '[OPTIONS] NETWORK [NETWORK...]'
  static override args = { network: many('NETWORK') }
  static override flags = {
    format: objectFormat(),
    verbose: bool({ char: 'v', summary: 'Show the services and tasks of a swarm on them, too' }),
  }

  async run(): Promise<void> {
    const { flags, args } = await this.read(NetworkInspect)
    const find = async (name: string) => findObject('network', name, { verbose: flags.verbose }, this.cli)
    await inspectAll(args.network, flags.format, find, this.cli)
  }
}
