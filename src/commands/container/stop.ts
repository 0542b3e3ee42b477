import { DockerCommand } from '../../cli/command.ts'
import { forEachParallel } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'
import { choiceFlags } from '../../flags/choice.ts'
import { stopFlags, stopRequest } from '../../flags/container/stop.ts'

export default class ContainerStop extends DockerCommand {
  static override aliases = ['stop']
  static override summary = 'Stop running containers'
  static override examples = [
    { description: 'Stop a container', command: 'tug stop web' },
    {
      description: 'Stop two containers, and kill what does not stop within two seconds',
      command: 'tug stop --timeout 2 web db',
    },
    { description: 'Stop all running containers', command: 'tug stop --all' },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = {
    ...choiceFlags({ verb: 'stop', participle: 'stopped', all: 'running containers', completes: 'container filters' }),
    ...stopFlags,
  }
  static override completes = 'running containers' as const

  async run(): Promise<void> {
    const { flags, targets, typedFlags } = await this.readTargets(ContainerStop)
    const request = stopRequest(flags, typedFlags)
    await forEachParallel(targets, (id) => this.cli.engine.containers.stop(id, request), this.cli)
  }
}
