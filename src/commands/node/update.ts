import { updateNodes } from '../../actions/swarm/nodes.ts'
import { DockerCommand } from '../../cli/command.ts'
import { one } from '../../flags/arg.ts'
import { changeNodeSpec, nodeUpdateFlags } from '../../flags/swarm/node-update.ts'

export default class NodeUpdate extends DockerCommand {
  static override summary = 'Update a node'
  static override examples = [
    { description: 'Move all tasks away from a node', command: 'tug node update --availability drain worker1' },
    {
      description: 'Give a node a label for placement, and let it run tasks',
      command: 'tug node update --label-add disk=ssd --availability active worker1',
    },
  ]
  static override synopsis = '[OPTIONS] NODE'
  static override args = { node: one('NODE') }
  static override flags = nodeUpdateFlags
  static override completes = 'nodes' as const

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
