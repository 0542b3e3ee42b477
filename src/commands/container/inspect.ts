import { DockerCommand } from '../../cli/command.ts'
import { findObject, inspectAll } from '../../cli/inspect.ts'
import { many } from '../../options/arg.ts'
import { bool } from '../../options/flag.ts'
import { objectFormat } from '../../options/shared.ts'

export default class ContainerInspect extends DockerCommand {
  static override summary = 'Show all that the daemon knows of containers'
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = {
    format: objectFormat(),
    size: bool({ char: 's', summary: 'Show how much disk each container takes' }),
  }

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContainerInspect)
    const find = async (name: string) => findObject('container', name, { size: flags.size }, this.cli)
    await inspectAll(args.container, flags.format, find, this.cli)
  }
}
