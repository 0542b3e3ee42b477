import { DockerCommand } from '../../cli/command.ts'
import { displayFor, printInFormat } from '../../cli/io/list-format.ts'
import type { ListContainers } from '../../engine/api/list-requests.ts'
import type { ValuesOf } from '../../flags/flag.ts'
import { bool, int } from '../../flags/flag.ts'
import { listFormat, negatableFilters } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { containerView } from '../../format/views/container/list.ts'

const flags = {
  all: bool({ char: 'a', summary: 'Show all containers, not just running ones' }),
  filter: negatableFilters(),
  format: listFormat(),
  last: int({ char: 'n', default: -1, summary: 'Show the n last created containers in any state' }),
  latest: bool({ char: 'l', summary: 'Show the last created container in any state' }),
  'no-trunc': bool({ summary: 'Do not truncate output' }),
  quiet: bool({ char: 'q', summary: 'Print container IDs only' }),
  size: bool({ char: 's', summary: 'Display the total file sizes' }),
}

type LsFlags = ValuesOf<typeof flags>

export default class ContainerLs extends DockerCommand {
  static override aliases = ['container:list', 'container:ps', 'ps']
  static override summary = 'List containers'
  static override examples = [
    { description: 'List running containers', command: 'tug ps' },
    { description: 'List containers that have ended', command: 'tug ps -a --filter status=exited' },
    { description: 'List running containers except those with a label', command: "tug ps --filter 'label!=keep'" },
    { description: 'Print only names and statuses', command: "tug ps --format '{{.Names}}: {{.Status}}'" },
    { description: 'Print the IDs of all containers of an image', command: 'tug ps -aq --filter ancestor=busybox' },
  ]
  static override flags = flags

  async run(): Promise<void> {
    const { flags, typedFlags } = await this.read(ContainerLs)
    const sizeGiven = typedFlags.has('size')
    await printInFormat(this.cli, 'psFormat', flags.format, flags.quiet, (format) =>
      this.#print(format, flags, sizeGiven),
    )
  }

  async #print(format: string, flags: LsFlags, sizeGiven: boolean): Promise<void> {
    const { quiet, size, 'no-trunc': noTrunc } = flags
    if (format === '') await this.cli.engine.prepare()
    const display = displayFor(this.cli, format, noTrunc || flags.format !== '')
    const view = await containerView({ format, quiet, noTrunc, size, sizeGiven }, display)
    if (quiet && flags.format) this.cli.err.write(FORMAT_IGNORED)
    const containers = await this.cli.engine.containers.list(listRequest(flags, view.needsSize))
    this.cli.out.write(printable(view.render(containers, this.cli.now())))
  }
}

const FORMAT_IGNORED = 'WARNING: Ignoring custom format, because both --format and --quiet are set.\n'

/** Translates the flags. Sizes are requested only if they are printed, because they are costly for the daemon. */
export function listRequest(flags: LsFlags, needsSize: boolean): ListContainers {
  const limit = flags.latest && flags.last === -1 ? 1 : flags.last
  return { all: flags.all, size: needsSize, filters: flags.filter, ...(limit > 0 ? { limit } : {}) }
}
