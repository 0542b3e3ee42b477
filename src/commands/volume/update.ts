import { DockerCommand } from '../../cli/command.ts'
import { PROGRAM } from '../../cli/usage.ts'
import { compareVersions } from '../../domain/api-version.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { one } from '../../options/arg.ts'
import { text } from '../../options/flag.ts'

/** The first API version that knows a swarm's volumes. */
const MIN_API = '1.42'

export default class VolumeUpdate extends DockerCommand {
  static override summary = "Change the availability of a swarm's volume"
  static override synopsis = '[OPTIONS] [VOLUME]'
  static override args = { volume: one('VOLUME') }
  static override flags = {
    availability: text({ minApi: MIN_API, default: 'active', summary: 'Swarm volume: active, pause or drain' }),
  }

  async run(): Promise<void> {
    await this.#requireApi()
    const { flags, args, given } = await this.read(VolumeUpdate)
    const { volumes } = this.cli.engine
    const { ClusterVolume } = await volumes.inspect(args.volume)
    if (!ClusterVolume) throw new ExitStatus(1, 'can only update cluster volumes')
    const { Spec, ...volume } = ClusterVolume
    const changed = given.has('availability') ? { Availability: flags.availability || undefined } : {}
    await volumes.update(volume, { ...Spec, ...changed })
  }

  /** docker looks at the daemon before it looks at what was typed; where there is no daemon, that is told later. */
  async #requireApi(): Promise<void> {
    const version = await this.cli.engine.apiVersion().catch(() => MIN_API)
    if (compareVersions(version, MIN_API) >= 0) return
    const path = `${PROGRAM} volume update`
    throw new ExitStatus(1, `${path} requires API version ${MIN_API}, but the Docker daemon API version is ${version}`)
  }
}
