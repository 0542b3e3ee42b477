import { archiveOnStdin, openArchiveFile } from '../../archive/input-file.ts'
import { DockerCommand } from '../../cli/command.ts'
import { untilInterrupted } from '../../cli/io/interrupt.ts'
import { parseReference } from '../../domain/image/reference.ts'
import { ImageArchiveApi } from '../../engine/api/image-archives.ts'
import { one, rest } from '../../flags/arg.ts'
import { text, texts } from '../../flags/flag.ts'
import { displayMessages, ProgressDisplay } from '../../format/progress/display.ts'

export default class ImageImport extends DockerCommand {
  static override aliases = ['import']
  static override summary = 'Create an image from the file system in a tar archive'
  static override examples = [
    { description: 'Create an image from a file system in an archive', command: 'tug import rootfs.tar minimal:1.0' },
    {
      description: "Read the archive from stdin and set the image's command",
      command: "tug import --change 'CMD [\"sh\"]' --message 'From a backup' - minimal:shell < rootfs.tar",
    },
  ]
  static override synopsis = '[OPTIONS] file|URL|- [REPOSITORY[:TAG]]'
  // docker accepts and ignores further arguments.
  static override args = { source: one('file|URL|-'), reference: rest('REPOSITORY[:TAG]') }
  static override flags = {
    change: texts({ char: 'c', summary: "Apply a Dockerfile instruction to the image's configuration" }),
    message: text({ char: 'm', summary: 'Commit message of the image' }),
    platform: text({
      completes: 'platforms',
      minApi: '1.32',
      summary: 'Platform of the archive, os[/arch[/variant]]',
    }),
  }
  static override completes = 'files' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ImageImport)
    const { engine, out, env } = this.cli
    const [reference = ''] = args.reference
    const isUrl = /^https?:\/\//.test(args.source)
    const platform = typedFlags.has('platform') ? flags.platform : (env.DOCKER_DEFAULT_PLATFORM ?? '')
    await untilInterrupted(async (signal) => {
      const source = isUrl ? undefined : this.#open(args.source, signal)
      try {
        if (reference !== '') parseReference(reference)
        const messages = await new ImageArchiveApi(engine.connection).import({
          source: isUrl ? args.source : '-',
          archive: source?.bytes,
          reference,
          message: flags.message,
          changes: flags.change,
          platform,
          signal,
        })
        await displayMessages(messages, new ProgressDisplay(out, this.cli.now))
      } finally {
        source?.close()
      }
    })
  }

  #open(source: string, signal: AbortSignal) {
    return source === '-' ? archiveOnStdin(() => this.cli.in.stream, signal) : openArchiveFile(source, signal)
  }
}
