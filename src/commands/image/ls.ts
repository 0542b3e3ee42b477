import { DockerCommand } from '../../cli/command.ts'
import { displayFor, printInFormat } from '../../cli/io/list-format.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { type Filters, withFilter } from '../../domain/filter.ts'
import { textIn } from '../../domain/json.ts'
import { optional } from '../../flags/arg.ts'
import { bool, type ValuesOf } from '../../flags/flag.ts'
import { listFormat, negatableFilters } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { imageView } from '../../format/views/image/list.ts'
import { isDangling } from '../../format/views/image/rows.ts'

/** The verbs of `image`, which are typed after `images` by mistake. */
const IMAGE_VERBS = new Set([
  ...['build', 'history', 'import', 'inspect', 'list', 'load', 'ls'],
  ...['prune', 'pull', 'push', 'rm', 'save', 'tag'],
])

export default class ImageLs extends DockerCommand {
  static override aliases = ['image:list', 'images']
  static override summary = 'List images'
  static override examples = [
    { description: 'List images', command: 'tug images' },
    { description: 'List images without a name', command: 'tug images --filter dangling=true' },
    {
      description: 'List the images called app, whatever registry and directory they are in',
      command: "tug images --filter 'reference=**/app'",
    },
    { description: 'Print only names and sizes', command: "tug images --format '{{.Repository}}:{{.Tag}} {{.Size}}'" },
    { description: 'Print the IDs of the images of one repository', command: 'tug images -q friendlyhello' },
    { description: 'Compare tags with their registries', command: 'tug images --outdated' },
    {
      description: 'Pull what is outdated',
      command:
        "tug images --outdated --format '{{.State}} {{.Repository}}:{{.Tag}}' | sed -n 's/^outdated //p' | xargs -r tug pull",
    },
  ]
  static override synopsis = '[OPTIONS] [REPOSITORY[:TAG]]'
  static override args = { repository: optional('REPOSITORY[:TAG]') }
  static override flags = {
    all: bool({ char: 'a', summary: 'Show all images, including intermediate ones' }),
    digests: bool({ summary: 'Show digests' }),
    filter: negatableFilters(),
    format: listFormat(),
    'no-trunc': bool({ summary: 'Do not truncate output' }),
    quiet: bool({ char: 'q', summary: 'Print image IDs only' }),
    check: bool({ summary: 'With --outdated, exit with 1 if a tag is outdated, or else 2 if one is unknown' }),
    outdated: bool({ minApi: '1.30', summary: 'Compare tags with their registries' }),
    tree: bool({ minApi: '1.47', summary: 'List multi-platform images as a tree' }),
  }
  static override completes = ['images', 'nothing'] as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ImageLs)
    if (flags.check && !flags.outdated) throw new ExitStatus(1, '--check needs --outdated')
    if (flags.outdated && flags.tree) throw new ExitStatus(1, '--outdated and --tree cannot be used together')
    if (flags.outdated) return this.#printOutdated(flags, args.repository)
    if (flags.tree) {
      refuseFlagsWithTree(flags)
      return this.#printTree(flags, args.repository)
    }
    if (this.#isTreeConfigured(flags)) return this.#printTree(flags, args.repository)
    await printInFormat(this.cli, 'imagesFormat', flags.format, flags.quiet, (format) =>
      this.#print(format, flags, args.repository),
    )
  }

  async #print(format: string, flags: LsFlags, repository: string | undefined): Promise<void> {
    const { all, quiet, digests, 'no-trunc': noTrunc } = flags
    if (format === '') await this.cli.engine.prepare()
    const display = displayFor(this.cli, format, noTrunc || flags.format !== '')
    const view = await imageView({ format, quiet, noTrunc, digests }, display)
    const filters = filtersWith(flags.filter, repository)
    const images = await this.cli.engine.images.list({ all, manifests: false, filters })
    this.cli.out.write(printable(view.render(images, this.cli.now())))
    if (images.length === 0 && this.path === 'images') this.#hint(repository)
  }

  async #printOutdated(flags: LsFlags, repository: string | undefined): Promise<void> {
    const { all, quiet, digests, 'no-trunc': noTrunc, format } = flags
    const { tagView } = await import('../../format/views/image/outdated.ts')
    const { lookUpTags } = await import('../../actions/image/outdated.ts')
    const display = displayFor(this.cli, format, noTrunc || format !== '')
    const view = await tagView({ format, quiet, noTrunc, digests }, display)
    const { rows, problems } = await lookUpTags({ all, filters: filtersWith(flags.filter, repository) }, this.cli)
    const outdated = rows.filter(({ state }) => state === 'outdated')
    this.cli.out.write(printable(view.render(quiet ? outdated : rows, this.cli.now())))
    for (const problem of problems) this.cli.err.write(`${problem}\n`)
    // As with diff and grep, 2 is for a comparison that was not possible.
    if (flags.check && outdated.length > 0) throw new ExitStatus(1)
    if (flags.check && problems.length > 0) throw new ExitStatus(2)
  }

  /** Reports that `images ls` looked for an image named `ls` (docker/cli image.printAmbiguousHint). */
  #hint(repository: string | undefined): void {
    if (repository === undefined || !IMAGE_VERBS.has(repository)) return
    this.cli.err.write(`\nNo images found matching "${repository}": did you mean "docker image ${repository}"?\n`)
  }

  /**
   * Whether config.json asks for the tree, on terminals only, so that the input of scripts stays the same. Flags that the
   * tree does not support choose the table.
   */
  #isTreeConfigured(flags: LsFlags): boolean {
    const { config, out } = this.cli
    return out.isTerminal && textIn(config.data, 'imagesFormat') === 'tree' && unsupportedByTree(flags) === undefined
  }

  async #printTree(flags: LsFlags, repository: string | undefined): Promise<void> {
    const { engine, out, colorLevel } = this.cli
    const { formatImageTree } = await import('../../format/views/image/tree.ts')
    // Older versions do not say which images containers use.
    await engine.connection.useAtLeast('1.51')
    const filters = filtersWith(flags.filter, repository)
    const images = await engine.images.list({ all: flags.all, manifests: true, filters })
    const isComplete = flags.all || 'dangling' in filters
    const visible = isComplete ? images : images.filter((image) => !isDangling(image))
    out.write(formatImageTree(visible, { isColored: colorLevel > 0, width: out.isTerminal ? out.columns : 0 }))
    if (visible.length === 0 && this.path === 'images') this.#hint(repository)
  }
}

type LsFlags = ValuesOf<typeof ImageLs.flags>

function filtersWith(filters: Filters, repository: string | undefined): Filters {
  return repository ? withFilter(filters, 'reference', repository) : filters
}

/** Refuses flags that `--tree` does not support. @throws ExitStatus with docker's message */
function refuseFlagsWithTree(flags: LsFlags): void {
  const refused = unsupportedByTree(flags)
  if (refused !== undefined) throw new ExitStatus(1, `${refused} is not yet supported with --tree`)
}

/** Returns the first flag that the tree does not support, as docker names it; undefined if there is none. */
function unsupportedByTree(flags: LsFlags): string | undefined {
  return [
    flags.quiet ? '--quiet' : '',
    flags['no-trunc'] ? '--no-trunc' : '',
    flags.digests ? '--show-digest' : '',
    flags.format ? '--format' : '',
  ].find((name) => name !== '')
}
