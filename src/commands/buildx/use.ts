import { requireOwnBuilder } from '../../actions/builder/own-builder.ts'
import { DockerCommand } from '../../cli/command.ts'
import { one } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { builderFlags } from '../../flags/image/builder.ts'

export default class BuildxUse extends DockerCommand {
  static override summary = 'Select a builder; there is only that of the current context'
  static override examples = [
    { description: 'Select the builder of the default context', command: 'tug buildx use default' },
  ]
  static override synopsis = '[OPTIONS] NAME'
  static override args = { name: one('NAME') }
  static override flags = {
    ...builderFlags,
    default: bool({ summary: 'Make it the default of the current context, which it always is' }),
    global: bool({ summary: 'Keep it when the context changes; each context has its own' }),
  }

  async run(): Promise<void> {
    const { args } = await this.read(BuildxUse)
    requireOwnBuilder(args.name, { env: {}, contextName: this.cli.contextName })
  }
}
