import { findObject, inspectAll } from '../../actions/system/inspect.ts'
import { DockerCommand } from '../../cli/command.ts'
import { many } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { objectFormat } from '../../flags/shared.ts'

export default class ContainerInspect extends DockerCommand {
  static override summary = 'Display detailed information on containers'
  static override examples = [
    { description: 'Show everything about a container', command: 'tug container inspect web' },
    {
      description: 'Print the state of a container',
      command: "tug container inspect --format '{{.State.Status}}' web",
    },
    {
      description: 'Print how many bytes a container has written',
      command: "tug container inspect --size --format '{{.SizeRw}}' web",
    },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = {
    format: objectFormat(),
    size: bool({ char: 's', summary: 'Display the total file sizes' }),
  }
  static override completes = 'containers' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContainerInspect)
    const find = async (name: string) => findObject('container', name, { size: flags.size }, this.cli)
    await inspectAll(args.container, flags.format, find, this.cli)
  }
}
