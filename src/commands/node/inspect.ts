import { DockerCommand } from '../../cli/command.ts'
import { findObject } from '../../cli/inspect.ts'
import { findNode, nodeReference } from '../../cli/node.ts'
import { inspectFormat, inspectSwarm, prettyInspect, prettyInspectFlags } from '../../cli/pretty-inspect.ts'
import { prettyNode } from '../../format/views/pretty-node.ts'
import { many } from '../../options/arg.ts'

export default class NodeInspect extends DockerCommand {
  static override summary = 'Show all that the daemon knows of nodes'
  static override synopsis = '[OPTIONS] self|NODE [NODE...]'
  static override args = { node: many('NODE') }
  static override flags = prettyInspectFlags

  async run(): Promise<void> {
    const { flags, args } = await this.read(NodeInspect)
    const { cli } = this
    const format = inspectFormat(flags)
    if (format === 'pretty') {
      return prettyInspect(args.node, async (name) => prettyNode(await findNode(name, cli)), cli)
    }
    const find = async (name: string) => findObject('node', await nodeReference(name, cli), {}, cli)
    await inspectSwarm(args.node, format, find, cli, true)
  }
}
