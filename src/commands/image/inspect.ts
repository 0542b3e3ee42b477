import { findObject, inspectAll } from '../../actions/system/inspect.ts'
import { DockerCommand } from '../../cli/command.ts'
import { parsePlatform } from '../../domain/image/platform.ts'
import { many } from '../../flags/arg.ts'
import { text } from '../../flags/flag.ts'
import { objectFormat } from '../../flags/shared.ts'

export default class ImageInspect extends DockerCommand {
  static override summary = 'Display detailed information on images'
  static override examples = [
    { description: 'Show everything about an image', command: 'tug image inspect friendlyhello' },
    {
      description: 'Print the platform of an image',
      command: "tug image inspect --format '{{.Os}}/{{.Architecture}}' friendlyhello",
    },
    {
      description: 'Print its environment variables as JSON',
      command: "tug image inspect --format '{{json .Config.Env}}' friendlyhello",
    },
  ]
  static override synopsis = '[OPTIONS] IMAGE [IMAGE...]'
  static override args = { image: many('IMAGE') }
  static override flags = {
    format: objectFormat(),
    platform: text({
      completes: 'platforms',
      minApi: '1.49',
      summary: 'Inspect the image for this platform, os[/arch[/variant]]',
    }),
  }
  static override completes = 'images' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ImageInspect)
    const platform = flags.platform === '' ? {} : { platform: parsePlatform(flags.platform, this.cli.platform) }
    const find = async (name: string) => findObject('image', name, platform, this.cli)
    await inspectAll(args.image, flags.format, find, this.cli)
  }
}
