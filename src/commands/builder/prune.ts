import { prune, pruneBuildCache } from '../../actions/system/prune.ts'
import { DockerCommand } from '../../cli/command.ts'
import { withConfiguredFilters } from '../../config/prune-filters.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { bool } from '../../flags/flag.ts'
import { bytes } from '../../flags/quantities.ts'
import { dryRun, pruneFilter, skipConfirmation } from '../../flags/shared.ts'

export default class BuilderPrune extends DockerCommand {
  static override summary = 'Remove build cache'
  static override examples = [
    { description: 'Remove unused build cache without asking', command: 'tug builder prune --force' },
    {
      description: 'Remove all build cache that was not used for a day',
      command: 'tug builder prune --all --force --filter until=24h',
    },
  ]
  static override synopsis = ''
  static override flags = {
    all: bool({ char: 'a', summary: 'Remove all unused build cache, not just dangling' }),
    ...dryRun(),
    filter: pruneFilter(),
    force: skipConfirmation(),
    'keep-storage': bytes({ summary: 'Disk space to keep for the cache' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(BuilderPrune)
    const filters = withConfiguredFilters(flags.filter, this.cli.config)
    if (flags['dry-run'] && flags['keep-storage'] !== 0) {
      throw new ExitStatus(1, '--dry-run does not work with --keep-storage: only the builder knows what it would keep')
    }
    const prunes = [pruneBuildCache(flags['keep-storage'])]
    await prune({ question: question(flags.all), prunes, scope: { filters, all: flags.all } }, flags, this.cli)
  }
}

function question(all: boolean): string {
  return `WARNING! This will remove all ${all ? '' : 'dangling '}build cache. Are you sure you want to continue?`
}
