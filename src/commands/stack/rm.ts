import { removeStacks } from '../../actions/stack/objects.ts'
import { DockerCommand } from '../../cli/command.ts'
import { checkStackName } from '../../domain/stack/names.ts'
import { many } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'

export default class StackRm extends DockerCommand {
  static override aliases = ['stack:remove', 'stack:down']
  static override summary = 'Remove stacks'
  static override examples = [
    { description: 'Remove the services, networks, secrets and configs of a stack', command: 'tug stack rm shop' },
    { description: 'Also wait until the tasks have ended', command: 'tug stack rm --detach=false shop' },
  ]
  static override synopsis = '[OPTIONS] STACK [STACK...]'
  static override args = { stack: many('STACK') }
  static override flags = {
    detach: bool({ char: 'd', default: true, summary: 'Exit immediately instead of waiting for the tasks to end' }),
  }
  static override completes = 'stacks' as const
  static override requires = { minApi: '1.25' }

  async run(): Promise<void> {
    const { flags, args } = await this.read(StackRm)
    for (const name of args.stack) checkStackName(name)
    await removeStacks(args.stack, !flags.detach, this.cli)
  }
}
