import { DockerCommand } from '../../cli/command.ts'
import { displayFor, printInFormat } from '../../cli/io/list-format.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { addFilter, type Filters } from '../../domain/filter.ts'
import { optional } from '../../flags/arg.ts'
import { bool, type ValuesOf } from '../../flags/flag.ts'
import { filters, listFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { imageView } from '../../format/views/image/list.ts'

export default class ImageLs extends DockerCommand {
  static override aliases = ['image:list', 'images']
  static override summary = 'List images'
  static override synopsis = '[OPTIONS] [REPOSITORY[:TAG]]'
  static override args = { repository: optional('REPOSITORY[:TAG]') }
  static override flags = {
    all: bool({ char: 'a', summary: 'Show all images, including intermediate ones' }),
    digests: bool({ summary: 'Show digests' }),
    filter: filters(),
    format: listFormat(),
    'no-trunc': bool({ summary: 'Do not truncate output' }),
    quiet: bool({ char: 'q', summary: 'Print image IDs only' }),
    tree: bool({ minApi: '1.47', summary: 'List multi-platform images as a tree' }),
  }
  static override completes = 'files' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ImageLs)
    if (flags.tree) return this.#printTree(flags, args.repository)
    const filters = filtersWith(flags.filter, args.repository)
    await printInFormat(this.cli, 'imagesFormat', flags.format, flags.quiet, (format) =>
      this.#print(format, flags, filters),
    )
  }

  async #print(format: string, flags: LsFlags, filters: Filters): Promise<void> {
    const { all, quiet, digests, 'no-trunc': noTrunc } = flags
    const display = displayFor(this.cli, format, noTrunc || flags.format !== '')
    const view = await imageView({ format, quiet, noTrunc, digests }, display)
    const images = await this.cli.engine.images.list({ all, manifests: false, filters })
    this.cli.out.write(printable(view.render(images, this.cli.now())))
  }

  async #printTree(flags: LsFlags, repository: string | undefined): Promise<void> {
    refuseFlagsWithTree(flags)
    const { engine, out, colorLevel } = this.cli
    const { formatImageTree } = await import('../../format/views/image/tree.ts')
    const filters = filtersWith(flags.filter, repository)
    const images = await engine.images.list({ all: flags.all, manifests: true, filters })
    out.write(formatImageTree(images, { all: flags.all, isColored: colorLevel > 0, width: out.columns }))
  }
}

type LsFlags = ValuesOf<typeof ImageLs.flags>

function filtersWith(filters: Filters, repository: string | undefined): Filters {
  return repository ? addFilter(filters, `reference=${repository}`) : filters
}

/** Refuses flags that `--tree` does not support. @throws ExitStatus with docker's message */
function refuseFlagsWithTree(flags: LsFlags): void {
  const refused = [
    flags.quiet ? '--quiet' : '',
    flags['no-trunc'] ? '--no-trunc' : '',
    flags.digests ? '--show-digest' : '',
    flags.format ? '--format' : '',
  ].find((name) => name !== '')
  if (refused !== undefined) throw new ExitStatus(1, `${refused} is not yet supported with --tree`)
}
