import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { one } from '../../flags/arg.ts'
import { text } from '../../flags/flag.ts'

/** The first API version with cluster volumes. */
const MIN_API = '1.42'

export default class VolumeUpdate extends DockerCommand {
  static override summary = 'Update a cluster volume (swarm only)'
  static override examples = [
    {
      description: 'Move the tasks that use a cluster volume away from it',
      command: 'tug volume update --availability drain shared',
    },
  ]
  static override synopsis = '[OPTIONS] [VOLUME]'
  static override args = { volume: one('VOLUME') }
  static override flags = {
    availability: text({
      minApi: MIN_API,
      default: 'active',
      summary: 'Availability of the volume: active, pause or drain',
    }),
  }
  static override requires = { minApi: MIN_API }

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(VolumeUpdate)
    const { volumes } = this.cli.engine
    const { ClusterVolume } = await volumes.inspect(args.volume)
    if (!ClusterVolume) throw new ExitStatus(1, 'can only update cluster volumes')
    const { Spec, ...volume } = ClusterVolume
    const changed = typedFlags.has('availability') ? { Availability: flags.availability || undefined } : {}
    await volumes.update(volume, { ...Spec, ...changed })
  }
}
