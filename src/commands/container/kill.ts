import { DockerCommand } from '../../cli/command.ts'
import { forEachParallel } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'
import { choiceFlags } from '../../flags/choice.ts'
import { text } from '../../flags/flag.ts'

export default class ContainerKill extends DockerCommand {
  static override aliases = ['kill']
  static override summary = 'Kill running containers'
  static override examples = [
    { description: 'Kill a container at once', command: 'tug kill web' },
    { description: "Send a signal to a container's main process", command: 'tug kill --signal HUP db' },
    { description: 'Kill all running containers', command: 'tug kill --all' },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = {
    ...choiceFlags({ verb: 'kill', participle: 'killed', all: 'running containers', completes: 'container filters' }),
    signal: text({ char: 's', completes: 'signals', summary: 'Signal to send instead of KILL' }),
  }
  static override completes = 'running containers' as const

  async run(): Promise<void> {
    const { flags, targets } = await this.readTargets(ContainerKill)
    const { engine } = this.cli
    await forEachParallel(targets, (id) => engine.containers.kill(id, flags.signal), this.cli)
  }
}
