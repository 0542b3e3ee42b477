import { DockerCommand } from '../../cli/command.ts'
import { configuredFormat, displayOf } from '../../cli/display.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { addFilter, type Filters } from '../../domain/filter.ts'
import { printable } from '../../format/output.ts'
import { imageView } from '../../format/views/image.ts'
import { optional } from '../../options/arg.ts'
import { bool, type ValuesOf } from '../../options/flag.ts'
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
    tree: bool({ minApi: '1.47', summary: 'Show images with the platforms they are for' }),
  }

  async run(): Promise<void> {
    const { flags, args } = await this.read(ImageLs)
    const { out, engine, config, now } = this.cli
    if (flags.tree) return this.#printTree(flags, args.repository)
    const format = flags.format || (flags.quiet ? '' : configuredFormat(config, 'imagesFormat', out))
    const view = await imageView(
      { format, quiet: flags.quiet, noTrunc: flags['no-trunc'], digests: flags.digests },
      displayOf(this.cli, format, flags['no-trunc'] || flags.format !== ''),
    )
    const filters = filtersWith(flags.filter, args.repository)
    const images = await engine.images.list({ all: flags.all, manifests: false, filters })
    out.write(printable(view.render(images, now())))
  }

  async #printTree(flags: ValuesOf<typeof ImageLs.flags>, repository: string | undefined): Promise<void> {
    refuseBesideTree(flags)
    const { engine, out, colorLevel } = this.cli
    const { imageTree } = await import('../../format/views/image-tree.ts')
    const filters = filtersWith(flags.filter, repository)
    const images = await engine.images.list({ all: flags.all, manifests: true, filters })
    out.write(imageTree(images, { all: flags.all, isColored: colorLevel > 0, width: out.columns }))
  }
}

function filtersWith(filters: Filters, repository: string | undefined): Filters {
  return repository ? addFilter(filters, `reference=${repository}`) : filters
}

/** @throws ExitStatus in docker's words for what it does not draw as a tree */
function refuseBesideTree(flags: ValuesOf<typeof ImageLs.flags>): void {
  const refused = [
    flags.quiet ? '--quiet' : '',
    flags['no-trunc'] ? '--no-trunc' : '',
    flags.digests ? '--show-digest' : '',
    flags.format ? '--format' : '',
  ].find((name) => name !== '')
  if (refused !== undefined) throw new ExitStatus(1, `${refused} is not yet supported with --tree`)
}
