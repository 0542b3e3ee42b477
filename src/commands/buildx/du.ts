import { cacheRow } from '../../actions/builder/build-cache.ts'
import { requireOwnBuilder } from '../../actions/builder/own-builder.ts'
import { listCache } from '../../builder/buildkit/cache-usage.ts'
import { reportErrors } from '../../builder/buildkit/errors.ts'
import { DockerCommand } from '../../cli/command.ts'
import { displayFor } from '../../cli/io/list-format.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { bool } from '../../flags/flag.ts'
import { builderFlags } from '../../flags/image/builder.ts'
import { filters, tableFormat } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { cacheList, formatCacheDetails, formatCacheSums } from '../../format/views/builder/cache.ts'
import { listView } from '../../format/views/list.ts'

export default class BuildxDu extends DockerCommand {
  static override summary = 'Show the disk usage of the build cache'
  static override examples = [
    { description: 'Show the size of the build cache', command: 'tug buildx du' },
    { description: 'Show each record in full', command: 'tug buildx du --verbose' },
  ]
  static override synopsis = ''
  static override flags = {
    ...builderFlags,
    filter: filters({ summary: 'Show only what matches a condition, NAME=VALUE' }),
    format: tableFormat(),
    verbose: bool({ summary: 'Show each record in full; same as --format=pretty' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(BuildxDu)
    const { engine, out, now } = this.cli
    if (flags.format !== '' && flags.verbose) {
      throw new ExitStatus(1, 'ERROR: --format and --verbose cannot be used together')
    }
    requireOwnBuilder(flags.builder, this.cli)
    const isDetailed = flags.verbose || flags.format === 'pretty'
    const format = isDetailed ? '' : flags.format
    const view = await reportErrors(() => listView(cacheList, { format }, displayFor(this.cli, format, format !== '')))
    const signal = new AbortController().signal
    const rows = (await reportErrors(() => listCache(engine.connection, flags.filter, signal))).map(cacheRow)
    const text = isDetailed
      ? formatCacheDetails(rows, now().getTime())
      : await reportErrors(() => view.render(rows, now()))
    const hasSums = (format === '' || format === 'table') && Object.keys(flags.filter).length === 0
    out.write(printable(`${text}${hasSums ? formatCacheSums(rows) : ''}`))
  }
}
