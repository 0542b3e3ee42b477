import { findService, printPrettyServices } from '../../actions/service/inspect.ts'
import { inspectAll } from '../../actions/system/inspect.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { textIn } from '../../domain/json.ts'
import { many } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { objectFormat } from '../../flags/shared.ts'
import { FormatError } from '../../format/error.ts'

export default class ServiceInspect extends DockerCommand {
  static override summary = 'Display detailed information on services'
  static override examples = [
    { description: 'Show a service for people', command: 'tug service inspect --pretty clock' },
    {
      description: 'Print how many tasks a service should have',
      command: "tug service inspect --format '{{.Spec.Mode.Replicated.Replicas}}' clock",
    },
  ]
  static override synopsis = '[OPTIONS] SERVICE [SERVICE...]'
  static override args = { service: many('SERVICE') }
  static override flags = {
    format: objectFormat(),
    pretty: bool({ summary: 'Print the information in a human-friendly format' }),
  }
  static override completes = 'services' as const
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ServiceInspect)
    if (flags.pretty && flags.format !== '') {
      throw new ExitStatus(1, '--format is incompatible with human friendly format')
    }
    const typed = flags.pretty ? 'pretty' : flags.format
    const format = typed || textIn(this.cli.config.data, 'serviceInspectFormat')
    if (format === 'pretty') return printPrettyServices(args.service, this.cli)
    if (format.startsWith('pretty')) {
      throw new ExitStatus(1, 'Cannot supply extra formatting options to the pretty template')
    }
    await this.#inspect(args.service, format.replace(/^raw/, ''))
  }

  /** Exits with 1 even for an invalid template, as docker does here. */
  async #inspect(names: readonly string[], format: string): Promise<void> {
    try {
      await inspectAll(names, format, (name) => findService(name, this.cli), this.cli, true)
    } catch (error) {
      throw error instanceof FormatError ? new FormatError(error.message) : error
    }
  }
}
