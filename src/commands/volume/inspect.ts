import { findObject, inspectAll } from '../../actions/system/inspect.ts'
import { DockerCommand } from '../../cli/command.ts'
import { many } from '../../flags/arg.ts'
import { objectFormat } from '../../flags/shared.ts'

export default class VolumeInspect extends DockerCommand {
  static override summary = 'Display detailed information on volumes'
  static override examples = [
    { description: 'Show everything about a volume', command: 'tug volume inspect data' },
    { description: 'Print the directory of a volume', command: "tug volume inspect --format '{{.Mountpoint}}' data" },
  ]
  static override synopsis = '[OPTIONS] VOLUME [VOLUME...]'
  static override args = { volume: many('VOLUME') }
  static override flags = { format: objectFormat() }
  static override completes = 'volumes' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(VolumeInspect)
    const find = async (name: string) => findObject('volume', name, {}, this.cli)
    await inspectAll(args.volume, flags.format, find, this.cli, true)
  }
}
