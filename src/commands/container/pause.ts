import { DockerCommand } from '../../cli/command.ts'
import { forEachParallel } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'
import { choiceFlags } from '../../flags/choice.ts'

export default class ContainerPause extends DockerCommand {
  static override aliases = ['pause']
  static override summary = 'Pause all processes in containers'
  static override examples = [
    { description: 'Suspend all processes of a container', command: 'tug pause web' },
    { description: 'Pause the running containers of an image', command: 'tug pause --filter ancestor=busybox' },
  ]
  static override synopsis = 'CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = choiceFlags({
    verb: 'pause',
    participle: 'paused',
    all: 'running containers',
    completes: 'container filters',
  })
  static override completes = 'unpaused containers' as const

  async run(): Promise<void> {
    const { targets } = await this.readTargets(ContainerPause)
    await forEachParallel(targets, (id) => this.cli.engine.containers.pause(id), this.cli)
  }
}
