import { confirmAndPrune, pruneBuildCache } from '../../actions/system/prune.ts'
import { DockerCommand } from '../../cli/command.ts'
import { withConfiguredFilters } from '../../config/prune-filters.ts'
import { bool } from '../../flags/flag.ts'
import { bytes } from '../../flags/quantities.ts'
import { pruneFilter, skipConfirmation } from '../../flags/shared.ts'

export default class BuilderPrune extends DockerCommand {
  static override summary = 'Remove build cache'
  static override synopsis = ''
  static override flags = {
    all: bool({ char: 'a', summary: 'Remove all unused build cache, not just dangling' }),
    filter: pruneFilter(),
    force: skipConfirmation(),
    'keep-storage': bytes({ summary: 'Disk space to keep for the cache' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(BuilderPrune)
    const filters = withConfiguredFilters(flags.filter, this.cli.config)
    const prune = pruneBuildCache(flags['keep-storage'])
    await confirmAndPrune(flags.force ? undefined : question(flags.all), [prune], { filters, all: flags.all }, this.cli)
  }
}

function question(all: boolean): string {
  return `WARNING! This will remove all ${all ? '' : 'dangling '}build cache. Are you sure you want to continue?`
}
