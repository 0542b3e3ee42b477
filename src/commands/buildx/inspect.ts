import { requireOwnBuilder } from '../../actions/builder/own-builder.ts'
import { describeBuilder } from '../../builder/buildkit/describe-builder.ts'
import { DockerCommand } from '../../cli/command.ts'
import { describeError } from '../../domain/errors.ts'
import { optional } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { builderFlags } from '../../flags/image/builder.ts'
import { printable } from '../../format/output.ts'
import { formatBuilder, formatUnusableBuilder } from '../../format/views/builder/inspect.ts'

export default class BuildxInspect extends DockerCommand {
  static override summary = "Show the builder of the current context, which is the engine's own BuildKit"
  static override examples = [{ description: 'Show the builder of the current context', command: 'tug buildx inspect' }]
  static override synopsis = '[NAME]'
  static override args = { name: optional('NAME') }
  static override flags = {
    ...builderFlags,
    bootstrap: bool({ summary: 'Start the builder first; that of an engine always runs' }),
  }

  async run(): Promise<void> {
    const { flags, args } = await this.read(BuildxInspect)
    const { out } = this.cli
    const name = requireOwnBuilder(args.name || flags.builder, this.cli)
    out.write(printable(await this.#describe(name)))
  }

  /** Reports an engine that cannot be used in the output, with the exit code 0, as buildx does. */
  async #describe(name: string): Promise<string> {
    try {
      return formatBuilder({ name, ...(await describeBuilder(this.cli.engine, new AbortController().signal)) })
    } catch (error) {
      return formatUnusableBuilder(name, describeError(error))
    }
  }
}
