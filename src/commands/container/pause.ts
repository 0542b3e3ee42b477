import { DockerCommand } from '../../cli/command.ts'
import { forEachParallel } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'
import { pick } from '../../flags/shared.ts'

export default class ContainerPause extends DockerCommand {
  static override aliases = ['pause']
  static override summary = 'Pause all processes in containers'
  static override examples = [{ description: 'Suspend all processes of a container', command: 'tug pause web' }]
  static override synopsis = 'CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = { pick: pick() }
  static override completes = 'unpaused containers' as const

  async run(): Promise<void> {
    const { args } = await this.read(ContainerPause)
    await forEachParallel(args.container, (name) => this.cli.engine.containers.pause(name), this.cli)
  }
}
