import { changeRole } from '../../actions/swarm/nodes.ts'
import { DockerCommand } from '../../cli/command.ts'
import { many } from '../../flags/arg.ts'

export default class NodeDemote extends DockerCommand {
  static override summary = 'Demote nodes from manager to worker'
  static override examples = [{ description: 'Make a manager a worker', command: 'tug node demote worker1' }]
  static override synopsis = 'NODE [NODE...]'
  static override args = { node: many('NODE') }
  static override completes = 'nodes' as const

  async run(): Promise<void> {
    const { args } = await this.read(NodeDemote)
    await changeRole(args.node, 'worker', this.cli)
  }
}
