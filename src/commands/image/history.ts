import { DockerCommand } from '../../cli/command.ts'
import { displayFor } from '../../cli/io/list-format.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { type Platform, parsePlatform } from '../../domain/image/platform.ts'
import { one } from '../../flags/arg.ts'
import { bool, text } from '../../flags/flag.ts'
import { tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { historyList } from '../../format/views/image/history.ts'
import { listView } from '../../format/views/list.ts'

export default class ImageHistory extends DockerCommand {
  static override aliases = ['history']
  static override summary = 'Show the history of an image'
  static override examples = [
    { description: 'List the layers of an image and what created them', command: 'tug history friendlyhello' },
    {
      description: 'Print sizes and whole commands',
      command: "tug history --no-trunc --format '{{.Size}} {{.CreatedBy}}' friendlyhello",
    },
  ]
  static override synopsis = '[OPTIONS] IMAGE'
  static override args = { image: one('IMAGE') }
  static override flags = {
    format: tableFormat(),
    human: bool({ char: 'H', default: true, summary: 'Print sizes and dates in human-readable form' }),
    'no-trunc': bool({ summary: 'Do not truncate output' }),
    platform: text({
      completes: 'platforms',
      minApi: '1.48',
      summary: 'Show the history for this platform, os[/arch[/variant]]',
    }),
    quiet: bool({ char: 'q', summary: 'Print image IDs only' }),
  }
  static override completes = ['images', 'nothing'] as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ImageHistory)
    const { format, quiet, human, 'no-trunc': noTrunc } = flags
    const platform = flags.platform === '' ? undefined : this.#platform(flags.platform)
    const display = displayFor(this.cli, format, noTrunc || format !== '')
    const view = await listView(historyList(human), { format, quiet, noTrunc }, display)
    const layers = await this.cli.engine.images.history(args.image, platform)
    this.cli.out.write(printable(view.render(layers, this.cli.now())))
  }

  #platform(typed: string): Platform {
    try {
      return parsePlatform(typed, this.cli.platform)
    } catch (error) {
      throw new ExitStatus(1, `invalid platform: ${messageOf(error)}`)
    }
  }
}
