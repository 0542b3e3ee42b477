import { DockerCommand } from '../../cli/command.ts'
import { displayFor, printInFormat } from '../../cli/io/list-format.ts'
import { compareNaturally } from '../../domain/natural-order.ts'
import { bool, type ValuesOf } from '../../flags/flag.ts'
import { negatableFilters, tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { listView } from '../../format/views/list.ts'
import { networkList } from '../../format/views/network/list.ts'

const flags = {
  filter: negatableFilters(),
  format: tableFormat(),
  'no-trunc': bool({ summary: 'Do not truncate output' }),
  quiet: bool({ char: 'q', summary: 'Print network IDs only' }),
}

export default class NetworkLs extends DockerCommand {
  static override aliases = ['network:list']
  static override summary = 'List networks'
  static override examples = [
    { description: 'List networks', command: 'tug network ls' },
    { description: 'List networks except those of a driver', command: "tug network ls --filter 'driver!=overlay'" },
    {
      description: 'Print the names of bridge networks',
      command: "tug network ls --filter driver=bridge --format '{{.Name}}'",
    },
  ]
  static override flags = flags

  async run(): Promise<void> {
    const { flags } = await this.read(NetworkLs)
    await printInFormat(this.cli, 'networksFormat', flags.format, flags.quiet, (format) => this.#print(format, flags))
  }

  async #print(format: string, { filter, quiet, ...rest }: ValuesOf<typeof flags>): Promise<void> {
    const noTrunc = rest['no-trunc']
    const display = displayFor(this.cli, format, noTrunc || rest.format !== '')
    const view = await listView(networkList, { format, quiet, noTrunc }, display)
    const networks = await this.cli.engine.networks.list(filter)
    networks.sort((a, b) => compareNaturally(a.Name ?? '', b.Name ?? ''))
    this.cli.out.write(printable(view.render(networks, this.cli.now())))
  }
}
