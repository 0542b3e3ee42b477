import { DockerCommand } from '../../cli/command.ts'
import { forEachParallel } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'
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
    { description: 'Stop all running containers', command: 'tug stop $(tug ps -q)' },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = stopFlags
  static override completes = 'running containers' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ContainerStop)
    const request = stopRequest(flags, typedFlags)
    await forEachParallel(args.container, (name) => this.cli.engine.containers.stop(name, request), this.cli)
  }
}
