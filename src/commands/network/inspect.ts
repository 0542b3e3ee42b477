import { findObject, inspectAll } from '../../actions/system/inspect.ts'
import { DockerCommand } from '../../cli/command.ts'
import { many } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { objectFormat } from '../../flags/shared.ts'

export default class NetworkInspect extends DockerCommand {
  static override summary = 'Display detailed information on networks'
  static override examples = [
    { description: 'Show everything about a network', command: 'tug network inspect backend' },
    {
      description: 'Print the containers of a network with their addresses',
      command:
        "tug network inspect --format '{{range .Containers}}{{.Name}} {{.IPv4Address}}{{println}}{{end}}' backend",
    },
  ]
  static override synopsis = '[OPTIONS] NETWORK [NETWORK...]'
  static override args = { network: many('NETWORK') }
  static override flags = {
    format: objectFormat(),
    verbose: bool({ char: 'v', summary: 'Include services and tasks of the swarm' }),
  }
  static override completes = 'networks' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(NetworkInspect)
    const find = async (name: string) => findObject('network', name, { verbose: flags.verbose }, this.cli)
    await inspectAll(args.network, flags.format, find, this.cli)
  }
}
