import { DockerCommand } from '../../cli/command.ts'
import { displayFor, printInFormat } from '../../cli/io/list-format.ts'
import { compareNaturally } from '../../domain/natural-order.ts'
import { bool, type ValuesOf } from '../../flags/flag.ts'
import { filters, tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { listView } from '../../format/views/list.ts'
import { serviceList } from '../../format/views/service/list.ts'

const flags = {
  filter: filters(),
  format: tableFormat(),
  quiet: bool({ char: 'q', summary: 'Print service IDs only' }),
}

export default class ServiceLs extends DockerCommand {
  static override aliases = ['service:list']
  static override summary = 'List services'
  static override examples = [
    { description: 'List services with the number of their tasks', command: 'tug service ls' },
    {
      description: 'Print only names and numbers of tasks',
      command: "tug service ls --filter mode=replicated --format '{{.Name}} {{.Replicas}}'",
    },
  ]
  static override flags = flags
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { flags } = await this.read(ServiceLs)
    await printInFormat(this.cli, 'servicesFormat', flags.format, flags.quiet, (format) => this.#print(format, flags))
  }

  async #print(format: string, { filter, quiet, ...rest }: ValuesOf<typeof flags>): Promise<void> {
    const display = displayFor(this.cli, format, rest.format !== '')
    const view = await listView(serviceList, { format, quiet }, display)
    const services = await this.cli.engine.services.list(filter, !quiet)
    services.sort((a, b) => compareNaturally(a.Spec?.Name ?? '', b.Spec?.Name ?? ''))
    this.cli.out.write(printable(view.render(services, this.cli.now())))
  }
}
