import { DockerCommand } from '../../cli/command.ts'
import { removeEach } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'

export default class NodeRm extends DockerCommand {
  static override aliases = ['node:remove']
  static override summary = 'Remove nodes from the swarm'
  static override examples = [
    { description: 'Remove a node from the swarm, although it is not down', command: 'tug node rm --force worker1' },
  ]
  static override synopsis = '[OPTIONS] NODE [NODE...]'
  static override args = { node: many('NODE') }
  static override flags = { force: bool({ char: 'f', summary: 'Force removal of a node that has not left the swarm' }) }
  static override completes = 'nodes' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(NodeRm)
    await removeEach(args.node, (name) => this.cli.engine.nodes.remove(name, flags.force), this.cli)
  }
}
