import { confirmAndPrune, pruneBuildCache } from '../../actions/system/prune.ts'
import { DockerCommand } from '../../cli/command.ts'
import { withConfiguredFilters } from '../../config/prune-filters.ts'
import { bool } from '../../flags/flag.ts'
import { pruneFilter, withoutAsking } from '../../flags/system/prune.ts'
import { bytes } from '../../flags/values.ts'

export default class BuilderPrune extends DockerCommand {
  static override summary = 'Remove what builds have kept to be faster next time'
  static override synopsis = ''
  static override flags = {
    all: bool({ char: 'a', summary: 'Remove all of it that no build uses now' }),
    filter: pruneFilter(),
    force: withoutAsking(),
    'keep-storage': bytes({ summary: 'How much disk space the cache may keep' }),
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
