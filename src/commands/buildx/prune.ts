import { cacheRow } from '../../actions/builder/build-cache.ts'
import { requireOwnBuilder } from '../../actions/builder/own-builder.ts'
import { pruneCache } from '../../builder/buildkit/cache-usage.ts'
import { reportErrors } from '../../builder/buildkit/errors.ts'
import { DockerCommand } from '../../cli/command.ts'
import { confirm } from '../../cli/io/confirm.ts'
import { untilInterrupted } from '../../cli/io/interrupt.ts'
import { bool } from '../../flags/flag.ts'
import { builderFlags } from '../../flags/image/builder.ts'
import { bytes } from '../../flags/quantities.ts'
import { pruneFilter, skipConfirmation } from '../../flags/shared.ts'
import { printable } from '../../format/output.ts'
import { formatPrunedSum, formatRemovedDetails, formatRemovedRow } from '../../format/views/builder/cache.ts'

export default class BuildxPrune extends DockerCommand {
  static override summary = 'Remove build cache'
  static override examples = [
    { description: 'Remove unused build cache without asking', command: 'tug buildx prune --force' },
  ]
  static override synopsis = ''
  static override flags = {
    ...builderFlags,
    all: bool({ char: 'a', summary: 'Remove all unused build cache, also of frontends' }),
    filter: pruneFilter(),
    force: skipConfirmation(),
    'keep-storage': bytes({
      hidden: true,
      summary: 'Old name of --reserved-space',
      deprecation: 'keep-storage flag has been changed to reserved-space',
    }),
    'max-used-space': bytes({ summary: 'Disk space that the cache may keep' }),
    'min-free-space': bytes({ summary: 'Free disk space to reach' }),
    'reserved-space': bytes({ summary: 'Disk space that the cache always keeps' }),
    verbose: bool({ summary: 'Show each removed record in full' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(BuildxPrune)
    const { engine, out, now } = this.cli
    requireOwnBuilder(flags.builder, this.cli)
    if (!flags.force && !(await confirm(question(flags.all), this.cli))) return
    const prune = {
      all: flags.all,
      filters: flags.filter,
      reservedSpace: flags['reserved-space'] || flags['keep-storage'],
      maxUsedSpace: flags['max-used-space'],
      minFreeSpace: flags['min-free-space'],
    }
    let count = 0
    let total = 0
    await reportErrors(() =>
      untilInterrupted((signal) =>
        pruneCache(
          engine.connection,
          prune,
          (record) => {
            const row = cacheRow(record)
            const time = now().getTime()
            out.write(
              printable(flags.verbose ? formatRemovedDetails(row, time) : formatRemovedRow(row, count === 0, time)),
            )
            count++
            total += row.size
          },
          signal,
        ),
      ),
    )
    out.write(formatPrunedSum(total))
  }
}

function question(all: boolean): string {
  return `WARNING! This will remove all ${all ? '' : 'dangling '}build cache. Are you sure you want to continue?`
}
