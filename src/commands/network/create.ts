import { DockerCommand } from '../../cli/command.ts'
import { one } from '../../flags/arg.ts'
import { networkCreateBody, networkCreateFlags } from '../../flags/network/create.ts'

export default class NetworkCreate extends DockerCommand {
  static override summary = 'Create a network'
  static override synopsis = '[OPTIONS] NETWORK'
  static override args = { network: one('NETWORK') }
  static override flags = networkCreateFlags

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(NetworkCreate)
    const id = await this.cli.engine.networks.create(networkCreateBody(args.network, flags, typedFlags))
    this.cli.out.write(`${id}\n`)
  }
}
