import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { optional } from '../../flags/arg.ts'
import { volumeCreateBody, volumeCreateFlags } from '../../flags/volume/create.ts'

export default class VolumeCreate extends DockerCommand {
  static override summary = 'Create a volume'
  static override examples = [
    { description: 'Create a volume', command: 'tug volume create cache' },
    { description: 'Create a volume with a label', command: 'tug volume create --label app=web cache' },
    {
      description: 'Create a volume in memory',
      command: 'tug volume create --opt type=tmpfs --opt device=tmpfs --opt o=size=16m scratch',
    },
  ]
  static override synopsis = '[OPTIONS] [VOLUME]'
  static override args = { volume: optional('VOLUME') }
  static override flags = volumeCreateFlags

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(VolumeCreate)
    if (args.volume !== undefined && flags.name !== '') throw new ExitStatus(1, NAMED_TWICE)
    const name = await this.cli.engine.volumes.create(volumeCreateBody(args.volume ?? flags.name, flags, typedFlags))
    this.cli.out.write(`${name}\n`)
  }
}

const NAMED_TWICE = 'conflicting options: cannot specify a volume-name through both --name and as a positional arg'
