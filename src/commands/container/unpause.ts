import { DockerCommand } from '../../cli/command.ts'
import { forEachParallel } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'
import { pick } from '../../flags/shared.ts'

export default class ContainerUnpause extends DockerCommand {
  static override aliases = ['unpause']
  static override summary = 'Resume all processes in containers'
  static override examples = [{ description: 'Resume all processes of a paused container', command: 'tug unpause web' }]
  static override synopsis = 'CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = { pick: pick() }
  static override completes = 'paused containers' as const

  async run(): Promise<void> {
    const { args } = await this.read(ContainerUnpause)
    await forEachParallel(args.container, (name) => this.cli.engine.containers.unpause(name), this.cli)
  }
}
