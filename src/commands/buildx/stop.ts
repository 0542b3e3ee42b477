import { requireOwnBuilder } from '../../actions/builder/own-builder.ts'
import { DockerCommand } from '../../cli/command.ts'
import { optional } from '../../flags/arg.ts'
import { builderFlags } from '../../flags/image/builder.ts'

export default class BuildxStop extends DockerCommand {
  static override summary = 'Stop a builder; that of an engine runs as long as the engine'
  static override examples = [
    { description: 'Stop the builder, which does nothing to that of an engine', command: 'tug buildx stop' },
  ]
  static override synopsis = '[NAME]'
  static override args = { name: optional('NAME') }
  static override flags = builderFlags

  async run(): Promise<void> {
    const { flags, args } = await this.read(BuildxStop)
    requireOwnBuilder(args.name || flags.builder, this.cli)
  }
}
