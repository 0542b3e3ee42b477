import { prune, pruneContainers } from '../../actions/system/prune.ts'
import { DockerCommand } from '../../cli/command.ts'
import { withConfiguredFilters } from '../../config/prune-filters.ts'
import { dryRun, pruneFilter, skipConfirmation } from '../../flags/shared.ts'

export default class ContainerPrune extends DockerCommand {
  static override summary = 'Remove all stopped containers'
  static override flags = { ...dryRun(), filter: pruneFilter(), force: skipConfirmation() }

  async run(): Promise<void> {
    const { flags } = await this.read(ContainerPrune)
    const filters = withConfiguredFilters(flags.filter, this.cli.config)
    await prune({ question: QUESTION, prunes: [pruneContainers], scope: { filters } }, flags, this.cli)
  }
}

const QUESTION = 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue?'
