import { prune, pruneVolumes } from '../../actions/system/prune.ts'
import { DockerCommand } from '../../cli/command.ts'
import { withConfiguredFilters } from '../../config/prune-filters.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { type Filters, withFilter } from '../../domain/filter.ts'
import { compareVersions } from '../../domain/system/api-version.ts'
import { bool } from '../../flags/flag.ts'
import { dryRun, pruneFilter, skipConfirmation } from '../../flags/shared.ts'

export default class VolumePrune extends DockerCommand {
  static override summary = 'Remove unused local volumes'
  static override examples = [
    { description: 'List what would be removed, and remove nothing', command: 'tug volume prune --dry-run' },
    { description: 'Remove anonymous volumes that no container uses', command: 'tug volume prune --force' },
    { description: 'Remove only those with a label', command: 'tug volume prune --force --filter label=app=web' },
  ]
  static override flags = {
    all: bool({ char: 'a', minApi: '1.42', summary: 'Remove all unused volumes, not just anonymous ones' }),
    ...dryRun(),
    filter: pruneFilter(),
    force: skipConfirmation(),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(VolumePrune)
    const configured = withConfiguredFilters(flags.filter, this.cli.config)
    const filters = flags.all ? withAll(configured) : configured
    const isAsking = !flags.force && !flags['dry-run']
    const warning = question(flags.all || (isAsking && (await this.#alwaysRemovesNamed())))
    await prune({ question: warning, prunes: [pruneVolumes], scope: { filters } }, flags, this.cli)
  }

  /** Whether the daemon always removes named volumes too, as daemons before API 1.42 do. */
  async #alwaysRemovesNamed(): Promise<boolean> {
    const version = await this.cli.engine.apiVersion().catch(() => undefined)
    return version !== undefined && compareVersions(version, '1.42') < 0
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
