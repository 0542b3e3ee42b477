import { DockerCommand } from '../../cli/command.ts'
import { pruneAfter, pruneVolumes } from '../../cli/prune.ts'
import { withConfiguredFilters } from '../../config/prune-filters.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { type Filters, withFilter } from '../../domain/filter.ts'
import { bool } from '../../options/flag.ts'
import { pruneFilter, withoutAsking } from '../../options/prune.ts'

export default class VolumePrune extends DockerCommand {
  static override summary = 'Remove volumes that no container uses'
  static override flags = {
    all: bool({ char: 'a', minApi: '1.42', summary: 'Remove volumes that have been given a name, too' }),
    filter: pruneFilter(),
    force: withoutAsking(),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(VolumePrune)
    const configured = withConfiguredFilters(flags.filter, this.cli.config)
    const filters = flags.all ? withAll(configured) : configured
    await pruneAfter(flags.force ? undefined : question(flags.all), [pruneVolumes], { filters }, this.cli)
  }
}

function withAll(filters: Filters): Filters {
  if (filters.all === undefined) return withFilter(filters, 'all', 'true')
  throw new ExitStatus(1, 'conflicting options: cannot specify both --all and --filter all=1')
}

function question(all: boolean): string {
  return (
    `WARNING! This will remove ${all ? 'all' : 'anonymous'} local volumes not used by at least one container.\n` +
    'Are you sure you want to continue?'
  )
}
