import { DockerCommand } from '../../cli/command.ts'
import { one } from '../../flags/arg.ts'
import { networkCreateBody, networkCreateFlags } from '../../flags/network/create.ts'

export default class NetworkCreate extends DockerCommand {
  static override summary = 'Create a network'
  static override examples = [
    {
      description: 'Create a network on which containers find each other by name',
      command: 'tug network create frontend',
    },
    {
      description: 'Choose its addresses',
      command: 'tug network create --subnet 10.123.0.0/24 --gateway 10.123.0.1 frontend',
    },
    { description: 'Create one without access to other networks', command: 'tug network create --internal private' },
  ]
  static override synopsis = '[OPTIONS] NETWORK'
  static override args = { network: one('NETWORK') }
  static override flags = networkCreateFlags

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(NetworkCreate)
    const id = await this.cli.engine.networks.create(networkCreateBody(args.network, flags, typedFlags))
    this.cli.out.write(`${id}\n`)
  }
}
