import { DockerCommand } from '../../cli/command.ts'
import { forEachParallel } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'
import { stopFlags, stopRequest } from '../../flags/container/stop.ts'

export default class ContainerRestart extends DockerCommand {
  static override aliases = ['restart']
  static override summary = 'Restart containers'
  static override examples = [
    { description: 'Restart a container', command: 'tug restart web' },
    {
      description: 'Restart two containers, and kill what does not stop within two seconds',
      command: 'tug restart --timeout 2 web db',
    },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = stopFlags
  static override completes = 'containers' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ContainerRestart)
    const request = stopRequest(flags, typedFlags)
    await forEachParallel(args.container, (name) => this.cli.engine.containers.restart(name, request), this.cli)
  }
}
