import { OutputFile } from '../../archive/output-file.ts'
import { copyResponse } from '../../attach/copy-output.ts'
import { outputTarget } from '../../attach/stdio.ts'
import { DockerCommand } from '../../cli/command.ts'
import { untilInterrupted } from '../../cli/io/interrupt.ts'
import { refuseTerminal } from '../../cli/io/terminal-checks.ts'
import { logicalWorkingDirectory } from '../../cli/io/working-directory.ts'
import { requestedPlatforms } from '../../domain/image/platform.ts'
import { ImageArchiveApi } from '../../engine/api/image-archives.ts'
import { many } from '../../flags/arg.ts'
import { text } from '../../flags/flag.ts'

export default class ImageSave extends DockerCommand {
  static override aliases = ['save']
  static override summary = 'Save images to a tar archive'
  static override examples = [
    { description: 'Write two images to an archive', command: 'tug save -o images.tar friendlyhello busybox' },
    { description: 'Write a compressed archive', command: 'tug save friendlyhello | gzip > friendlyhello.tar.gz' },
  ]
  static override synopsis = '[OPTIONS] IMAGE [IMAGE...]'
  static override args = { images: many('IMAGE') }
  static override flags = {
    output: text({ char: 'o', summary: 'Write to a file instead of stdout' }),
    platform: text({
      completes: 'platforms',
      minApi: '1.48',
      summary: 'Save only these platforms, os[/arch[/variant]][,...]',
    }),
  }
  static override completes = 'images' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ImageSave)
    const { engine, out, err, platform } = this.cli
    const platforms = requestedPlatforms(flags.platform, platform)
    if (flags.output === '') refuseTerminal(out)
    const file =
      flags.output === ''
        ? undefined
        : OutputFile.open(flags.output, logicalWorkingDirectory(this.cli.env), 'save image')
    await untilInterrupted(async (signal) => {
      const start = () => new ImageArchiveApi(engine.connection).save({ images: args.images, platforms, signal })
      if (file) return file.receive(start)
      return copyResponse(await start(), true, { stdout: outputTarget(out), stderr: outputTarget(err) })
    })
  }
}
