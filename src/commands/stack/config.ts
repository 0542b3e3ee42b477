import { loadComposeFiles } from '../../actions/stack/compose-files.ts'
import { DockerCommand } from '../../cli/command.ts'
import { printCompose } from '../../domain/stack/print.ts'
import { stackConfigFlags } from '../../flags/stack/compose.ts'

export default class StackConfig extends DockerCommand {
  static override summary = 'Print the Compose files of a stack after merging them and replacing variables'
  static override examples = [
    { description: 'Check a file, and see what would be deployed', command: 'tug stack config -c compose.yaml' },
    {
      description: 'Merge a file and one that overrides it',
      command: 'tug stack config -c compose.yaml -c compose.production.yaml',
    },
  ]
  static override flags = stackConfigFlags

  async run(): Promise<void> {
    const { flags } = await this.read(StackConfig)
    const skipsInterpolation = flags['skip-interpolation']
    const compose = await loadComposeFiles(flags['compose-file'], { skipsInterpolation }, this.cli)
    this.cli.out.write(printCompose(compose))
  }
}
