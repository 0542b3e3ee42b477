import { DockerCommand } from '../../cli/command.ts'
import { describeError } from '../../cli/report-error.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { many } from '../../flags/arg.ts'

export default class ServiceRm extends DockerCommand {
  static override aliases = ['service:remove']
  static override summary = 'Remove services'
  static override synopsis = 'SERVICE [SERVICE...]'
  static override args = { service: many('SERVICE') }

  async run(): Promise<void> {
    const { args } = await this.read(ServiceRm)
    const failures: string[] = []
    for (const name of args.service) {
      try {
        await this.cli.engine.services.remove(name)
        this.cli.out.write(`${name}\n`)
      } catch (error) {
        failures.push(describeError(error))
      }
    }
    if (failures.length > 0) throw new ExitStatus(1, failures.join('\n'))
  }
}
