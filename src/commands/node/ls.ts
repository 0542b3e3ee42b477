import { swarmListFlags } from '../../actions/swarm/list-secrets-and-configs.ts'
import { DockerCommand } from '../../cli/command.ts'
import { displayFor, printInFormat } from '../../cli/io/list-format.ts'
import { compareNaturally } from '../../domain/natural-order.ts'
import type { ValuesOf } from '../../flags/flag.ts'
import { printable } from '../../format/output.ts'
import { listView } from '../../format/views/list.ts'
import { nodeList, type OwnSwarm } from '../../format/views/swarm/node.ts'

export default class NodeLs extends DockerCommand {
  static override aliases = ['node:list']
  static override summary = 'List the nodes of the swarm'
  static override examples = [
    { description: 'List all nodes', command: 'tug node ls' },
    {
      description: 'Print the managers',
      command: "tug node ls --filter role=manager --format '{{.Hostname}} {{.ManagerStatus}}'",
    },
  ]
  static override flags = swarmListFlags
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { flags } = await this.read(NodeLs)
    await printInFormat(this.cli, 'nodesFormat', flags.format, flags.quiet, (format) => this.#print(format, flags))
  }

  async #print(format: string, { filter, quiet, ...typed }: ValuesOf<typeof swarmListFlags>): Promise<void> {
    const { engine, out, now } = this.cli
    const view = await listView(nodeList, { format, quiet }, displayFor(this.cli, format, typed.format !== ''))
    const nodes = await engine.nodes.list(filter)
    const swarm: OwnSwarm = nodes.length > 0 && !quiet ? ((await engine.system.info()).Swarm ?? {}) : {}
    nodes.sort((a, b) => compareNaturally(a.Description?.Hostname ?? '', b.Description?.Hostname ?? ''))
    out.write(
      printable(
        view.render(
          nodes.map((node) => ({ node, swarm })),
          now(),
        ),
      ),
    )
  }
}
