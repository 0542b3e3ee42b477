import { prune, pruneNetworks } from '../../actions/system/prune.ts'
import { DockerCommand } from '../../cli/command.ts'
import { withConfiguredFilters } from '../../config/prune-filters.ts'
import { dryRun, pruneFilter, skipConfirmation } from '../../flags/shared.ts'

export default class NetworkPrune extends DockerCommand {
  static override summary = 'Remove all unused networks'
  static override examples = [
    { description: 'Remove all networks without containers', command: 'tug network prune --force' },
    {
      description: 'Remove those that were created more than a day ago',
      command: 'tug network prune --force --filter until=24h',
    },
  ]
  static override flags = { ...dryRun(), filter: pruneFilter(), force: skipConfirmation() }
  static override completes = 'files' as const

  async run(): Promise<void> {
    const { flags } = await this.read(NetworkPrune)
    const filters = withConfiguredFilters(flags.filter, this.cli.config)
    await prune({ question: QUESTION, prunes: [pruneNetworks], scope: { filters } }, flags, this.cli)
  }
}

const QUESTION =
  'WARNING! This will remove all custom networks not used by at least one container.\n' +
  'Are you sure you want to continue?'
