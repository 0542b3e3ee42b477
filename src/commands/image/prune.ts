import { prune, pruneImages } from '../../actions/system/prune.ts'
import { DockerCommand } from '../../cli/command.ts'
import { withConfiguredFilters } from '../../config/prune-filters.ts'
import { bool } from '../../flags/flag.ts'
import { dryRun, pruneFilter, skipConfirmation } from '../../flags/shared.ts'

export default class ImagePrune extends DockerCommand {
  static override summary = 'Remove unused images'
  static override examples = [
    { description: 'List what would be removed with all unused images', command: 'tug image prune --all --dry-run' },
    { description: 'Remove images without a name that no container uses', command: 'tug image prune --force' },
    {
      description: 'Remove every unused image that is older than ten days',
      command: 'tug image prune --all --force --filter until=240h',
    },
  ]
  static override flags = {
    all: bool({ char: 'a', summary: 'Remove all unused images, not just dangling ones' }),
    ...dryRun(),
    filter: pruneFilter(),
    force: skipConfirmation(),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(ImagePrune)
    const filters = withConfiguredFilters(flags.filter, this.cli.config)
    const scope = { filters, all: flags.all }
    await prune({ question: question(flags.all), prunes: [pruneImages], scope }, flags, this.cli)
  }
}

function question(all: boolean): string {
  const what = all ? 'all images without at least one container associated to them' : 'all dangling images'
  return `WARNING! This will remove ${what}.\nAre you sure you want to continue?`
}
