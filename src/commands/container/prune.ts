import { confirmAndPrune, pruneContainers } from '../../actions/system/prune.ts'
import { DockerCommand } from '../../cli/command.ts'
import { withConfiguredFilters } from '../../config/prune-filters.ts'
import { pruneFilter, skipConfirmation } from '../../flags/shared.ts'

export default class ContainerPrune extends DockerCommand {
  static override summary = 'Remove all stopped containers'
  static override flags = { filter: pruneFilter(), force: skipConfirmation() }

  async run(): Promise<void> {
    const { flags } = await this.read(ContainerPrune)
    const filters = withConfiguredFilters(flags.filter, this.cli.config)
    await confirmAndPrune(flags.force ? undefined : QUESTION, [pruneContainers], { filters }, this.cli)
  }
}

const QUESTION = 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue?'
