import { DockerCommand } from '../../cli/command.ts'
import { describeError, ExitStatus } from '../../domain/errors.ts'
import { trimSpace } from '../../domain/go/space.ts'
import { one } from '../../flags/arg.ts'

export default class ContainerRename extends DockerCommand {
  static override aliases = ['rename']
  static override summary = 'Rename a container'
  static override examples = [{ description: 'Rename a container', command: 'tug rename web frontend' }]
  static override synopsis = 'CONTAINER NEW_NAME'
  static override args = { container: one('CONTAINER'), name: one('NEW_NAME') }
  static override completes = 'containers' as const

  async run(): Promise<void> {
    const { args } = await this.read(ContainerRename)
    const [container, name] = [trimSpace(args.container), trimSpace(args.name)]
    if (container === '' || name === '') throw new ExitStatus(1, 'Error: Neither old nor new names may be empty')
    try {
      await this.cli.engine.containers.rename(container, name)
    } catch (error) {
      throw new ExitStatus(1, `${describeError(error)}\nError: failed to rename container named ${container}`)
    }
  }
}
