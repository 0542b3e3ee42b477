import { DockerCommand } from '../../cli/command.ts'
import { one } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'

export default class NetworkDisconnect extends DockerCommand {
  static override summary = 'Disconnect a container from a network'
  static override examples = [
    { description: 'Disconnect a container from a network', command: 'tug network disconnect backend db' },
    { description: 'Disconnect it even if it cannot be reached', command: 'tug network disconnect --force backend db' },
  ]
  static override synopsis = '[OPTIONS] NETWORK CONTAINER'
  static override args = { network: one('NETWORK'), container: one('CONTAINER') }
  static override flags = { force: bool({ char: 'f', summary: 'Force the container to disconnect' }) }
  static override completes = ['networks', 'containers on the network'] as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(NetworkDisconnect)
    await this.cli.engine.networks.disconnect(args.network, args.container, flags.force)
  }
}
