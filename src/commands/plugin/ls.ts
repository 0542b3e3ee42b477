import { DockerCommand } from '../../cli/command.ts'
import { displayFor, printInFormat } from '../../cli/io/list-format.ts'
import { compareNaturally } from '../../domain/natural-order.ts'
import { PluginApi } from '../../engine/api/plugins.ts'
import { bool, type ValuesOf } from '../../flags/flag.ts'
import { filters, tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { listView } from '../../format/views/list.ts'
import { pluginList } from '../../format/views/plugin/list.ts'

const flags = {
  filter: filters({
    char: 'f',
    completes: 'plugin filters',
    summary: 'Show only what matches a condition, NAME=VALUE',
  }),
  format: tableFormat(),
  'no-trunc': bool({ summary: 'Do not truncate output' }),
  quiet: bool({ char: 'q', summary: 'Print plugin IDs only' }),
}

export default class PluginLs extends DockerCommand {
  static override aliases = ['plugin:list']
  static override summary = 'List plugins'
  static override examples = [
    { description: 'List plugins', command: 'tug plugin ls' },
    {
      description: 'Print the names of plugins that are enabled',
      command: "tug plugin ls --filter enabled=true --format '{{.Name}}'",
    },
  ]
  static override flags = flags
  static override requires = { minApi: '1.25' }

  async run(): Promise<void> {
    const { flags } = await this.read(PluginLs)
    await printInFormat(this.cli, 'pluginsFormat', flags.format, flags.quiet, (format) => this.#print(format, flags))
  }

  async #print(format: string, { filter, quiet, ...typed }: ValuesOf<typeof flags>): Promise<void> {
    const noTrunc = typed['no-trunc']
    const display = displayFor(this.cli, format, typed.format !== '' || noTrunc)
    const view = await listView(pluginList, { format, quiet, noTrunc }, display)
    const plugins = await new PluginApi(this.cli.engine.connection).list(filter)
    plugins.sort((a, b) => compareNaturally(a.Name ?? '', b.Name ?? ''))
    this.cli.out.write(printable(view.render(plugins, this.cli.now())))
  }
}
