import { DockerCommand } from '../../cli/command.ts'
import { forEachInTurn } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'
import { choiceFlags } from '../../flags/choice.ts'

export default class ContainerWait extends DockerCommand {
  static override aliases = ['wait']
  static override summary = 'Wait until containers stop, then print their exit codes'
  static override examples = [
    { description: 'Wait until a container ends, then print its exit code', command: 'tug wait job' },
    {
      description: 'Wait for the running containers whose names begin with job',
      command: 'tug wait --filter name=^job',
    },
  ]
  static override synopsis = 'CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }
  static override flags = choiceFlags({
    verb: 'wait for',
    participle: 'waited for',
    all: 'running containers',
    completes: 'container filters',
  })
  static override completes = 'running containers' as const

  async run(): Promise<void> {
    const { targets } = await this.readTargets(ContainerWait)
    const { engine, out } = this.cli
    await forEachInTurn(
      targets.map(({ id }) => id),
      async (id) => {
        out.write(`${await engine.containerStreams.exitCode(id)}\n`)
      },
    )
  }
}
