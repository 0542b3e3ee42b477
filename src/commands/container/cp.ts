import { addAbortSignal } from 'node:stream'
import { copyFromContainer, copyToContainer } from '../../actions/container/copy.ts'
import { copyResponse } from '../../attach/copy-output.ts'
import { outputTarget } from '../../attach/stdio.ts'
import { DockerCommand } from '../../cli/command.ts'
import { untilInterrupted } from '../../cli/io/interrupt.ts'
import { logicalWorkingDirectory } from '../../cli/io/working-directory.ts'
import { programName } from '../../cli/program-name.ts'
import { parseCopyArgument } from '../../domain/container/copy-argument.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { one } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'
import { CopyDisplay } from '../../format/progress/copy.ts'
import { formatLogLine } from '../../format/text/notices.ts'

const CONTAINER_PATH_HINT = 'write a path in a container as CONTAINER:PATH'

export default class ContainerCp extends DockerCommand {
  static override aliases = ['cp']
  static override summary = 'Copy files between a container and the local file system'
  static override examples = [
    { description: 'Copy a file out of a container', command: 'tug cp web:/app/app.py .' },
    { description: 'Copy a file into a directory of a container', command: 'tug cp motd.txt web:/app/' },
    { description: "List a container's directory as a tar archive on stdout", command: 'tug cp web:/app - | tar -t' },
    { description: 'Copy the working directory with its owners and modes', command: 'tug cp --archive . web:/app' },
  ]
  static override synopsis =
    '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\ttug cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH'
  static override args = { source: one('SRC_PATH'), destination: one('DEST_PATH') }
  static override flags = {
    archive: bool({ char: 'a', summary: 'Preserve user and group IDs of files copied into the container' }),
    'follow-link': bool({ char: 'L', summary: 'Follow a symbolic link in SRC_PATH' }),
    quiet: bool({ char: 'q', summary: 'Do not show progress (default off a terminal)' }),
  }
  static override completes = 'files' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ContainerCp)
    if (args.source === '') throw new ExitStatus(1, 'source can not be empty')
    if (args.destination === '') throw new ExitStatus(1, 'destination can not be empty')
    const source = parseCopyArgument(args.source)
    const destination = parseCopyArgument(args.destination)
    if (source.container !== '' && destination.container !== '') {
      const name = programName()
      const hint = `copy through a pipe: ${name} cp CONTAINER1:PATH - | ${name} cp - CONTAINER2:DIRECTORY`
      throw new ExitStatus(1, 'copying between containers is not supported', hint)
    }
    const isQuiet = typedFlags.has('quiet') ? flags.quiet : !this.cli.out.isTerminal
    const followsLink = flags['follow-link']
    if (source.container !== '') {
      await this.#copyFrom({ ...source, local: destination.path, followsLink }, isQuiet)
    } else if (destination.container !== '') {
      await this.#copyTo({ ...destination, local: source.path, followsLink, keepsOwners: flags.archive }, isQuiet)
    } else throw new ExitStatus(1, 'must specify at least one container source', CONTAINER_PATH_HINT)
  }

  #copyFrom(copy: Parameters<typeof copyFromContainer>[0], isQuiet: boolean): Promise<void> {
    const { out, err } = this.cli
    const targets = { stdout: outputTarget(out), stderr: outputTarget(err) }
    return untilInterrupted((signal) =>
      copyFromContainer(copy, this.#environment('Copying from container', isQuiet, signal), (archive) =>
        copyResponse(archive, true, targets),
      ),
    )
  }

  #copyTo(copy: Parameters<typeof copyToContainer>[0], isQuiet: boolean): Promise<void> {
    const { in: input, err, now } = this.cli
    const isTerminal = err.isTerminal
    return untilInterrupted((signal) =>
      copyToContainer(copy, {
        ...this.#environment('Copying to container', isQuiet, signal),
        input: () => addAbortSignal(signal, input.stream),
        warn: (message) => err.write(formatLogLine('error', message, { isTerminal, now: now() })),
      }),
    )
  }

  #environment(action: string, isQuiet: boolean, signal: AbortSignal) {
    const { engine, err, env } = this.cli
    const display = isQuiet ? undefined : new CopyDisplay(err, action, () => this.cli.now())
    return { connection: engine.connection, directory: logicalWorkingDirectory(env), display, signal }
  }
}
