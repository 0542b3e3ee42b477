import { changeRole } from '../../actions/swarm/nodes.ts'
import { DockerCommand } from '../../cli/command.ts'
import { many } from '../../flags/arg.ts'

export default class NodePromote extends DockerCommand {
  static override summary = 'Promote nodes to manager'
  static override examples = [{ description: 'Make a worker a manager', command: 'tug node promote worker1' }]
  static override synopsis = 'NODE [NODE...]'
  static override args = { node: many('NODE') }
  static override completes = 'nodes' as const

  async run(): Promise<void> {
    const { args } = await this.read(NodePromote)
    await changeRole(args.node, 'manager', this.cli)
  }
}
