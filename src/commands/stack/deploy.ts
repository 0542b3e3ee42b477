import { loadDeployedFiles } from '../../actions/stack/compose-files.ts'
import { deployStack } from '../../actions/stack/deploy.ts'
import { DockerCommand } from '../../cli/command.ts'
import { checkStackName } from '../../domain/stack/names.ts'
import { one } from '../../flags/arg.ts'
import { stackDeployFlags } from '../../flags/stack/deploy.ts'

export default class StackDeploy extends DockerCommand {
  static override aliases = ['stack:up']
  static override summary = 'Deploy a stack, or update an existing one'
  static override examples = [
    {
      description: 'Deploy the services of a file, and wait until they run',
      command: 'tug stack deploy --detach=false -c compose.yaml shop',
    },
    {
      description: 'Update a stack, and remove services that the files no longer have',
      command: 'tug stack deploy -d --prune -c compose.yaml -c compose.production.yaml shop',
    },
  ]
  static override synopsis = '[OPTIONS] STACK'
  static override args = { stack: one('STACK') }
  static override flags = stackDeployFlags
  static override completes = 'stacks' as const
  static override requires = { minApi: '1.25' }

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(StackDeploy)
    checkStackName(args.stack)
    const compose = await loadDeployedFiles(flags['compose-file'], this.cli)
    await deployStack(args.stack, compose, flags, typedFlags.has('detach'), this.cli)
  }
}
