import { DockerCommand } from '../../cli/command.ts'
import { configuredFormat, displayOf } from '../../cli/display.ts'
import type { ListContainers } from '../../engine/containers.ts'
import { printable } from '../../format/output.ts'
import { containerView } from '../../format/views/container.ts'
import type { ValuesOf } from '../../options/flag.ts'
import { bool, int } from '../../options/flag.ts'
import { filters, listFormat } from '../../options/shared.ts'

const flags = {
  all: bool({ char: 'a', summary: 'Show all containers, not only the running ones' }),
  filter: filters(),
  format: listFormat(),
  last: int({ char: 'n', default: -1, summary: 'Show the n containers created last, in any state' }),
  latest: bool({ char: 'l', summary: 'Show the container created last, in any state' }),
  'no-trunc': bool({ summary: "Don't shorten output" }),
  quiet: bool({ char: 'q', summary: 'Print container IDs only' }),
  size: bool({ char: 's', summary: 'Show how much disk each container takes' }),
}

export default class ContainerLs extends DockerCommand {
  static override aliases = ['container:list', 'container:ps', 'ps']
  static override summary = 'List containers'
  static override flags = flags

  async run(): Promise<void> {
    const { flags, given } = await this.read(ContainerLs)
    const { out, engine, config } = this.cli
    const format = flags.format || (flags.quiet ? '' : configuredFormat(config, 'psFormat', out))
    const view = await containerView(
      {
        format,
        quiet: flags.quiet,
        noTrunc: flags['no-trunc'],
        size: flags.size,
        sizeGiven: given.has('size'),
      },
      displayOf(this.cli, format, flags['no-trunc'] || flags.format !== ''),
    )
    if (flags.quiet && flags.format) this.cli.err.write(QUIET_WINS)
    const containers = await engine.containers.list(listRequest(flags, view.needsSize))
    out.write(printable(view.render(containers, this.cli.now())))
  }
}

const QUIET_WINS = 'WARNING: Ignoring custom format, because both --format and --quiet are set.\n'

/** Sizes are costly for the daemon: ask for them only when they will be shown. */
export function listRequest(flags: ValuesOf<typeof ContainerLs.flags>, needsSize: boolean): ListContainers {
  const limit = flags.latest && flags.last === -1 ? 1 : flags.last
  return { all: flags.all, size: needsSize, filters: flags.filter, ...(limit > 0 ? { limit } : {}) }
}
