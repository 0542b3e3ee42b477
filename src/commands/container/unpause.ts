import { DockerCommand } from '../../cli/command.ts'
import { forEachParallel } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'
import { choiceFlags } from '../../flags/choice.ts'

export default class ContainerUnpause extends DockerCommand {
  static override aliases = ['unpause']
  static override summary = 'Resume all processes in containers'
  static override examples = [
    { description: 'Resume all processes of a paused container', command: 'tug unpause web' },
    { description: 'Resume all paused containers', command: 'tug unpause --all' },
  ]
  static override synopsis = 'CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = choiceFlags({
    verb: 'resume',
    participle: 'resumed',
    all: 'paused containers',
    completes: 'container filters',
  })
  static override completes = 'paused containers' as const

  async run(): Promise<void> {
    const { targets } = await this.readTargets(ContainerUnpause)
    await forEachParallel(targets, (id) => this.cli.engine.containers.unpause(id), this.cli)
  }
}
