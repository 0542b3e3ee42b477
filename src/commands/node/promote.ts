import { DockerCommand } from '../../cli/command.ts'
import { changeRole } from '../../cli/update-nodes.ts'
import { many } from '../../options/arg.ts'

export default class NodePromote extends DockerCommand {
  static override summary = 'Make nodes managers'
  static override synopsis = 'NODE [NODE...]'
  static override args = { node: many('NODE') }

  async run(): Promise<void> {
    const { args } = await this.read(NodePromote)
    await changeRole(args.node, 'manager', this.cli)
  }
}
