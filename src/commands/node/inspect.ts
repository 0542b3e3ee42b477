import { inspectFormat, inspectSwarmObjects, prettyInspectFlags, printPretty } from '../../actions/swarm/inspect.ts'
import { findNode, nodeReference } from '../../actions/swarm/nodes.ts'
import { findObject } from '../../actions/system/inspect.ts'
import { DockerCommand } from '../../cli/command.ts'
import { many } from '../../flags/arg.ts'
import { formatNode } from '../../format/views/swarm/node.ts'

export default class NodeInspect extends DockerCommand {
  static override summary = 'Display detailed information on nodes'
  static override examples = [
    { description: 'Show the node that the command runs on', command: 'tug node inspect --pretty self' },
    { description: 'Print the address of a node', command: "tug node inspect --format '{{.Status.Addr}}' worker1" },
  ]
  static override synopsis = '[OPTIONS] self|NODE [NODE...]'
  static override args = { node: many('NODE') }
  static override flags = prettyInspectFlags
  static override completes = 'nodes' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(NodeInspect)
    const { cli } = this
    const format = inspectFormat(flags)
    if (format === 'pretty') {
      return printPretty(args.node, async (name) => formatNode(await findNode(name, cli)), cli)
    }
    const find = async (name: string) => findObject('node', await nodeReference(name, cli), {}, cli)
    await inspectSwarmObjects(args.node, format, find, cli, true)
  }
}
