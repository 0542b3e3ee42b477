import { DockerCommand } from '../../cli/command.ts'
import { forEachInTurn } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'
import { pick } from '../../flags/shared.ts'

export default class ContainerWait extends DockerCommand {
  static override aliases = ['wait']
  static override summary = 'Wait until containers stop, then print their exit codes'
  static override examples = [
    { description: 'Wait until a container ends, then print its exit code', command: 'tug wait job' },
  ]
  static override synopsis = 'CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = { pick: pick() }
  static override completes = 'running containers' as const

  async run(): Promise<void> {
    const { args } = await this.read(ContainerWait)
    const { engine, out } = this.cli
    await forEachInTurn(args.container, async (name) => {
      out.write(`${await engine.containerStreams.exitCode(name)}\n`)
    })
  }
}
