import { updateNodes } from '../../actions/swarm/update-nodes.ts'
import { DockerCommand } from '../../cli/command.ts'
import { one } from '../../flags/arg.ts'
import { changeNodeSpec, nodeUpdateFlags } from '../../flags/swarm/node-update.ts'

export default class NodeUpdate extends DockerCommand {
  static override summary = "Change a node's role, availability or labels"
  static override synopsis = '[OPTIONS] NODE'
  static override args = { node: one('NODE') }
  static override flags = nodeUpdateFlags

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(NodeUpdate)
    const { out } = this.cli
    await updateNodes(
      [args.node],
      ({ Spec = {} }) => changeNodeSpec(Spec, flags, typedFlags),
      (name) => out.write(`${name}\n`),
      this.cli,
    )
  }
}
