import {
  prune,
  pruneBuildCache,
  pruneContainers,
  pruneImages,
  pruneNetworks,
  pruneVolumes,
} from '../../actions/system/prune.ts'
import { DockerCommand } from '../../cli/command.ts'
import { withConfiguredFilters } from '../../config/prune-filters.ts'
import { ExitStatus } from '../../domain/errors.ts'
import type { Filters } from '../../domain/filter.ts'
import { compareNaturally } from '../../domain/natural-order.ts'
import { bool, type ValuesOf } from '../../flags/flag.ts'
import { dryRun, pruneFilter, skipConfirmation } from '../../flags/shared.ts'

const flags = {
  all: bool({ char: 'a', summary: 'Remove all unused images and build cache, not just dangling ones' }),
  ...dryRun(),
  filter: pruneFilter('1.28'),
  force: skipConfirmation(),
  volumes: bool({ summary: 'Remove anonymous volumes too' }),
}

export default class SystemPrune extends DockerCommand {
  static override summary = 'Remove unused data'
  static override examples = [
    { description: 'List what would be removed, and remove nothing', command: 'tug system prune --dry-run' },
    {
      description: 'Remove stopped containers, unused networks and build cache, unnamed images',
      command: 'tug system prune --force',
    },
    {
      description: 'Remove also unused images and anonymous volumes',
      command: 'tug system prune --all --volumes --force',
    },
  ]
  static override flags = flags

  async run(): Promise<void> {
    const { flags } = await this.read(SystemPrune)
    if (flags.volumes && flags.filter.until !== undefined) {
      throw new ExitStatus(1, 'ERROR: The "until" filter is not supported with "--volumes"')
    }
    const filters = withConfiguredFilters(flags.filter, this.cli.config)
    const prunes = [
      pruneContainers,
      pruneNetworks,
      ...(flags.volumes ? [pruneVolumes] : []),
      pruneImages,
      pruneBuildCache(),
    ]
    const scope = { filters, all: flags.all }
    await prune({ question: pruneQuestion(flags, filters), prunes, scope }, flags, this.cli)
  }
}

/** Returns docker's question. Of the filters it lists only labels and `until`. */
export function pruneQuestion(
  { all, volumes }: Pick<ValuesOf<typeof flags>, 'all' | 'volumes'>,
  filters: Filters,
): string {
  const warnings = [
    'all stopped containers',
    'all networks not used by at least one container',
    ...(volumes ? ['all anonymous volumes not used by at least one container'] : []),
    all ? 'all images without at least one container associated to them' : 'all dangling images',
    all ? 'all build cache' : 'unused build cache',
  ]
  const listedFilters = ['label', 'label!', 'until']
    .flatMap((name) => Object.keys(filters[name] ?? {}).map((value) => `${name}=${value}`))
    .sort(compareNaturally)
  return [
    'WARNING! This will remove:',
    ...warnings.map((warning) => `  - ${warning}`),
    ...(listedFilters.length > 0
      ? ['', '  Items to be pruned will be filtered with:', ...listedFilters.map((filter) => `  - ${filter}`)]
      : []),
    '',
    'Are you sure you want to continue?',
  ].join('\n')
}
