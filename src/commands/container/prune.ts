import { prune, pruneContainers } from '../../actions/system/prune.ts'
import { DockerCommand } from '../../cli/command.ts'
import { withConfiguredFilters } from '../../config/prune-filters.ts'
import { dryRun, pruneFilter, skipConfirmation } from '../../flags/shared.ts'

export default class ContainerPrune extends DockerCommand {
  static override summary = 'Remove all stopped containers'
  static override examples = [
    { description: 'List what would be removed, and remove nothing', command: 'tug container prune --dry-run' },
    { description: 'Remove all stopped containers without asking', command: 'tug container prune --force' },
    {
      description: 'Remove those that were created more than a day ago',
      command: 'tug container prune --force --filter until=24h',
    },
  ]
  static override flags = { ...dryRun(), filter: pruneFilter(), force: skipConfirmation() }

  async run(): Promise<void> {
    const { flags } = await this.read(ContainerPrune)
    const filters = withConfiguredFilters(flags.filter, this.cli.config)
    await prune({ question: QUESTION, prunes: [pruneContainers], scope: { filters } }, flags, this.cli)
  }
}

const QUESTION = 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue?'
