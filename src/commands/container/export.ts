import { OutputFile } from '../../archive/output-file.ts'
import { copyResponse } from '../../attach/copy-output.ts'
import { outputTarget } from '../../attach/stdio.ts'
import { DockerCommand } from '../../cli/command.ts'
import { untilInterrupted } from '../../cli/io/interrupt.ts'
import { refuseTerminal } from '../../cli/io/terminal-checks.ts'
import { logicalWorkingDirectory } from '../../cli/io/working-directory.ts'
import { ContainerArchiveApi } from '../../engine/api/container-archives.ts'
import { one } from '../../flags/arg.ts'
import { text } from '../../flags/flag.ts'

export default class ContainerExport extends DockerCommand {
  static override aliases = ['export']
  static override summary = "Export a container's file system as a tar archive"
  static override examples = [
    { description: "Write a container's file system to an archive", command: 'tug export -o web.tar web' },
    { description: 'List all files of a container', command: 'tug export web | tar -t' },
  ]
  static override synopsis = '[OPTIONS] CONTAINER'
  static override args = { container: one('CONTAINER') }
  static override flags = { output: text({ char: 'o', summary: 'Write to a file instead of stdout' }) }
  static override completes = 'containers' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContainerExport)
    const { engine, out, err } = this.cli
    if (flags.output === '') refuseTerminal(out)
    const file =
      flags.output === ''
        ? undefined
        : OutputFile.open(flags.output, logicalWorkingDirectory(this.cli.env), 'export container')
    await untilInterrupted(async (signal) => {
      const start = () => new ContainerArchiveApi(engine.connection).export(args.container, signal)
      if (file) return file.receive(start)
      return copyResponse(await start(), true, { stdout: outputTarget(out), stderr: outputTarget(err) })
    })
  }
}
