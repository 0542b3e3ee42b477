import { DockerCommand } from '../../cli/command.ts'
import { describeError } from '../../cli/report-error.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { many } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'

export default class VolumeRm extends DockerCommand {
  static override aliases = ['volume:remove']
  static override summary = 'Remove volumes'
  static override synopsis = '[OPTIONS] VOLUME [VOLUME...]'
  static override args = { volume: many('VOLUME') }
  static override flags = {
    force: bool({ char: 'f', minApi: '1.25', summary: 'Forget the volume even if its driver cannot remove it' }),
  }

  async run(): Promise<void> {
    const { flags, args } = await this.read(VolumeRm)
    const failures: string[] = []
    for (const name of args.volume) {
      try {
        await this.cli.engine.volumes.remove(name, flags.force)
        this.cli.out.write(`${name}\n`)
      } catch (error) {
        failures.push(describeError(error))
      }
    }
    if (failures.length > 0) throw new ExitStatus(1, failures.join('\n'))
  }
}
