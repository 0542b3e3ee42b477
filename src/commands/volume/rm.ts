import { DockerCommand } from '../../cli/command.ts'
import { removeEach } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { pick } from '../../flags/shared.ts'

export default class VolumeRm extends DockerCommand {
  static override aliases = ['volume:remove']
  static override summary = 'Remove volumes'
  static override examples = [
    { description: 'Remove a volume', command: 'tug volume rm cache' },
    {
      description: 'Remove volumes, and ignore those that do not exist',
      command: 'tug volume rm --force cache nosuch',
    },
  ]
  static override synopsis = '[OPTIONS] VOLUME [VOLUME...]'
  static override args = { volume: many('VOLUME') }
  static override flags = {
    force: bool({ char: 'f', minApi: '1.25', summary: 'Force removal of the volume' }),
    pick: pick(),
  }
  static override completes = 'volumes' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(VolumeRm)
    await removeEach(args.volume, (name) => this.cli.engine.volumes.remove(name, flags.force), this.cli)
  }
}
