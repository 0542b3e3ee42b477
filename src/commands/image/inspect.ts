import { DockerCommand } from '../../cli/command.ts'
import { findObject, inspectAll } from '../../cli/inspect.ts'
import { many } from '../../options/arg.ts'
import { objectFormat } from '../../options/shared.ts'

export default class ImageInspect extends DockerCommand {
  static override summary = 'Show all that the daemon knows of images'
  static override synopsis = '[OPTIONS] IMAGE [IMAGE...]'
  static override args = { image: many('IMAGE') }
  static override flags = { format: objectFormat() }

  async run(): Promise<void> {
    const { flags, args } = await this.read(ImageInspect)
    const find = async (name: string) => findObject('image', name, false, this.cli)
    await inspectAll(args.image, flags.format, find, this.cli)
  }
}
