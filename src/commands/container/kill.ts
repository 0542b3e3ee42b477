import { DockerCommand } from '../../cli/command.ts'
import { forEachParallel } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'
import { text } from '../../flags/flag.ts'
import { pick } from '../../flags/shared.ts'

export default class ContainerKill extends DockerCommand {
  static override aliases = ['kill']
  static override summary = 'Kill running containers'
  static override examples = [
    { description: 'Kill a container at once', command: 'tug kill web' },
    { description: "Send a signal to a container's main process", command: 'tug kill --signal HUP db' },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = {
    pick: pick(),
    signal: text({ char: 's', completes: 'signals', summary: 'Signal to send instead of KILL' }),
  }
  static override completes = 'running containers' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContainerKill)
    const { engine } = this.cli
    await forEachParallel(args.container, (name) => engine.containers.kill(name, flags.signal), this.cli)
  }
}
