import { DockerCommand } from '../../cli/command.ts'
import { displayFor } from '../../cli/io/list-format.ts'
import { withFilter } from '../../domain/filter.ts'
import { compareNaturally } from '../../domain/natural-order.ts'
import { STACK_LABEL } from '../../domain/stack/names.ts'
import { groupByStack } from '../../domain/stack/stack.ts'
import { tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { listView } from '../../format/views/list.ts'
import { stackList } from '../../format/views/stack/list.ts'

export default class StackLs extends DockerCommand {
  static override aliases = ['stack:list']
  static override summary = 'List stacks'
  static override examples = [
    { description: 'List stacks with the number of their services', command: 'tug stack ls' },
    { description: 'Print only the names', command: "tug stack ls --format '{{.Name}}'" },
  ]
  static override flags = { format: tableFormat() }
  static override requires = { minApi: '1.25' }

  async run(): Promise<void> {
    const { flags } = await this.read(StackLs)
    const format = flags.format || 'table'
    const view = await listView(stackList, { format, quiet: false }, displayFor(this.cli, format, flags.format !== ''))
    const services = await this.cli.engine.services.list(withFilter({}, 'label', STACK_LABEL), false)
    const stacks = groupByStack(services).sort((a, b) => compareNaturally(a.name, b.name))
    this.cli.out.write(printable(view.render(stacks, this.cli.now())))
  }
}
