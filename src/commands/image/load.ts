import { archiveOnStdin, openArchiveFile } from '../../archive/input-file.ts'
import { copyResponse } from '../../attach/copy-output.ts'
import { outputTarget } from '../../attach/stdio.ts'
import { DockerCommand } from '../../cli/command.ts'
import { untilInterrupted } from '../../cli/io/interrupt.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { requestedPlatforms } from '../../domain/image/platform.ts'
import { ImageArchiveApi } from '../../engine/api/image-archives.ts'
import { bool, text } from '../../flags/flag.ts'
import { displayMessages, ProgressDisplay } from '../../format/progress/display.ts'

export default class ImageLoad extends DockerCommand {
  static override aliases = ['load']
  static override summary = 'Load images from a tar archive or stdin'
  static override examples = [
    { description: 'Load the images of an archive', command: 'tug load -i images.tar' },
    { description: 'Load them from stdin', command: 'tug load < images.tar' },
  ]
  static override flags = {
    input: text({ char: 'i', summary: 'Read from a tar archive instead of stdin' }),
    platform: text({
      completes: 'platforms',
      minApi: '1.48',
      summary: 'Load only these platforms, os[/arch[/variant]][,...]',
    }),
    quiet: bool({ char: 'q', summary: 'Do not show progress (default without a terminal)' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(ImageLoad)
    const { engine, in: input, out, err, platform } = this.cli
    if (flags.input === '' && input.isTerminal) {
      throw new ExitStatus(
        1,
        'requested load from stdin, but stdin is empty',
        'specify a file with -i, or pipe an archive to stdin',
      )
    }
    await untilInterrupted(async (signal) => {
      const source =
        flags.input === '' ? archiveOnStdin(() => input.stream, signal) : openArchiveFile(flags.input, signal)
      try {
        const platforms = requestedPlatforms(flags.platform, platform)
        const quiet = flags.quiet || !out.isTerminal
        const response = await new ImageArchiveApi(engine.connection).load({
          archive: source.bytes,
          quiet,
          platforms,
          signal,
        })
        if ('messages' in response)
          return await displayMessages(response.messages, new ProgressDisplay(out, this.cli.now))
        await copyResponse(response.text, true, { stdout: outputTarget(out), stderr: outputTarget(err) })
      } finally {
        source.close()
      }
    })
  }
}
