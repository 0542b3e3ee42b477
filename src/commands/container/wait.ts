import { DockerCommand } from '../../cli/command.ts'
import { describeError } from '../../cli/report-error.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { many } from '../../flags/arg.ts'

export default class ContainerWait extends DockerCommand {
  static override aliases = ['wait']
  static override summary = 'Wait for containers to end, then print their exit codes'
  static override synopsis = 'CONTAINER [CONTAINER...]'
  static override args = { container: many('CONTAINER') }

  async run(): Promise<void> {
    const { args } = await this.read(ContainerWait)
    const { engine, out } = this.cli
    const failures: string[] = []
    for (const name of args.container) {
      try {
        out.write(`${await engine.containerStreams.exitCode(name)}\n`)
      } catch (error) {
        failures.push(describeError(error))
      }
    }
    if (failures.length > 0) throw new ExitStatus(1, failures.join('\n'))
  }
}
