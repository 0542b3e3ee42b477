import { DockerCommand } from '../../cli/command.ts'
import { one } from '../../flags/arg.ts'
import { networkConnectFlags, translateEndpoint } from '../../flags/network/connect.ts'

export default class NetworkConnect extends DockerCommand {
  static override summary = 'Connect a container to a network'
  static override examples = [
    { description: 'Connect a running container to a network', command: 'tug network connect backend web' },
    { description: 'Connect it under a second name', command: 'tug network connect --alias frontend backend web' },
  ]
  static override synopsis = '[OPTIONS] NETWORK CONTAINER'
  static override args = { network: one('NETWORK'), container: one('CONTAINER') }
  static override flags = networkConnectFlags
  static override completes = ['networks', 'containers'] as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(NetworkConnect)
    await this.cli.engine.networks.connect(args.network, args.container, translateEndpoint(flags))
  }
}
