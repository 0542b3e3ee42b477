import { DockerCommand } from '../../cli/command.ts'
import { displayOf } from '../../cli/display.ts'
import { textAt } from '../../config/config-file.ts'
import { addFilter } from '../../domain/filter.ts'
import { imageView } from '../../format/views/image.ts'
import { optional } from '../../options/arg.ts'
import { bool } from '../../options/flag.ts'
import { filters, listFormat } from '../../options/shared.ts'

export default class ImageLs extends DockerCommand {
  static override aliases = ['image:list', 'images']
  static override summary = 'List images'
  static override synopsis = '[OPTIONS] [REPOSITORY[:TAG]]'
  static override args = { repository: optional('REPOSITORY[:TAG]') }
  static override flags = {
    all: bool({ char: 'a', summary: 'Show all images, intermediate ones too' }),
    digests: bool({ summary: 'Show digests' }),
    filter: filters(),
    format: listFormat(),
    'no-trunc': bool({ summary: "Don't shorten output" }),
    quiet: bool({ char: 'q', summary: 'Print image IDs only' }),
  }

  async run(): Promise<void> {
    const { flags, args } = await this.read(ImageLs)
    const { out, engine, config, now } = this.cli
    const format = flags.format || (flags.quiet ? '' : textAt(config.data, 'imagesFormat'))
    const view = await imageView(
      { format, quiet: flags.quiet, noTrunc: flags['no-trunc'], digests: flags.digests },
      displayOf(this.cli),
    )
    const reference = args.repository ? `reference=${args.repository}` : ''
    const images = await engine.images.list({
      all: flags.all,
      manifests: false,
      filters: addFilter(flags.filter, reference),
    })
    out.write(view.render(images, now()))
  }
}
