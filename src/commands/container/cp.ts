import { copyFromContainer, copyToContainer } from '../../actions/container/copy.ts'
import { noContainerError } from '../../actions/container/copy-ends.ts'
import { archiveOnStdin } from '../../archive/input-file.ts'
import { copyResponse } from '../../attach/copy-output.ts'
import { outputTarget } from '../../attach/stdio.ts'
import { DockerCommand } from '../../cli/command.ts'
import { untilInterrupted } from '../../cli/io/interrupt.ts'
import { logicalWorkingDirectory } from '../../cli/io/working-directory.ts'
import { type CopyArgument, isCopyPattern, parseCopyArgument } from '../../domain/container/copy-argument.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { more, one } from '../../flags/arg.ts'
import { bool, type ValuesOf } from '../../flags/flag.ts'
import { CopyDisplay } from '../../format/progress/copy.ts'
import { formatLogLine } from '../../format/text/notices.ts'

const flags = {
  archive: bool({ char: 'a', summary: 'Preserve user and group IDs of files copied into the container' }),
  'follow-link': bool({ char: 'L', summary: 'Follow a symbolic link in SRC_PATH' }),
  quiet: bool({ char: 'q', summary: 'Do not show progress (default without a terminal)' }),
}

interface CopyOptions {
  readonly flags: ValuesOf<typeof flags>
  readonly isQuiet: boolean
  readonly signal: AbortSignal
}

export default class ContainerCp extends DockerCommand {
  static override aliases = ['cp']
  static override summary = 'Copy files between a container and the local file system'
  static override description = [
    'Copy files between a container and the local file system, or between containers.',
    '',
    'Of several sources, each is copied into DEST_PATH, which must be a directory.',
    'A source that fails is reported, and the others are copied.',
    '',
    'A path in a container that does not exist is taken as a pattern: * and ? stand',
    'for characters of a name, [a-z] for a range, and \\ takes one of these literally.',
  ].join('\n')
  static override examples = [
    { description: 'Copy a file out of a container', command: 'tug cp web:/app/app.py .' },
    { description: 'Copy a file into a directory of a container', command: 'tug cp motd.txt web:/app/' },
    {
      description: 'Copy the files that match a pattern, and one of another container',
      command: "tug cp 'web:/app/*.py' db:/etc/hosts .",
    },
    { description: 'Copy a file from one container to another', command: 'tug cp web:/app/app.py db:/tmp/' },
    { description: "List a container's directory as a tar archive on stdout", command: 'tug cp web:/app - | tar -t' },
    { description: 'Copy the working directory with its owners and modes', command: 'tug cp --archive . web:/app' },
  ]
  static override synopsis =
    '[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\ttug cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH'
  static override args = { source: one('SRC_PATH'), destination: one('DEST_PATH'), more: more('DEST_PATH') }
  static override flags = flags
  static override completes = 'files' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ContainerCp)
    const sources = [args.source, args.destination, ...args.more].slice(0, -1)
    const destination = args.more.at(-1) ?? args.destination
    if (sources.includes('')) throw new ExitStatus(1, 'source can not be empty')
    if (destination === '') throw new ExitStatus(1, 'destination can not be empty')
    const isQuiet = typedFlags.has('quiet') ? flags.quiet : !this.cli.out.isTerminal
    await untilInterrupted((signal) =>
      this.#copyAll(sources.map(parseCopyArgument), parseCopyArgument(destination), { flags, isQuiet, signal }),
    )
  }

  async #copyAll(sources: readonly CopyArgument[], destination: CopyArgument, options: CopyOptions): Promise<void> {
    const copyOne = (source: CopyArgument) => this.#copy(source, destination, options)
    const [source, ...others] = sources
    if (source && others.length === 0 && !isCopyPattern(source)) return copyOne(source)
    const { copyAll } = await import('../../actions/container/copy-all.ts')
    await copyAll({ sources, destination, copyOne }, this.#environment('', options))
  }

  async #copy(source: CopyArgument, destination: CopyArgument, options: CopyOptions): Promise<void> {
    const { flags } = options
    const shared = { followsLink: flags['follow-link'], keepsOwners: flags.archive }
    if (source.container === '' && destination.container === '') throw noContainerError()
    if (source.container === '') return this.#copyTo({ ...shared, ...destination, local: source.path }, options)
    if (destination.container === '') return this.#copyFrom({ ...shared, ...source, local: destination.path }, options)
    const { copyBetweenContainers } = await import('../../actions/container/copy-between.ts')
    await copyBetweenContainers(
      { ...shared, source, destination },
      this.#environment('Copying between containers', options),
    )
  }

  #copyFrom(copy: Parameters<typeof copyFromContainer>[0], options: CopyOptions): Promise<void> {
    const { out, err } = this.cli
    const targets = { stdout: outputTarget(out), stderr: outputTarget(err) }
    return copyFromContainer(copy, this.#environment('Copying from container', options), (archive) =>
      copyResponse(archive, true, targets),
    )
  }

  #copyTo(copy: Parameters<typeof copyToContainer>[0], options: CopyOptions): Promise<void> {
    const { in: input, err, now } = this.cli
    const isTerminal = err.isTerminal
    return copyToContainer(copy, {
      ...this.#environment('Copying to container', options),
      input: () => archiveOnStdin(() => input.stream, options.signal),
      warn: (message) => err.write(formatLogLine('error', message, { isTerminal, now: now() })),
    })
  }

  #environment(action: string, { isQuiet, signal }: CopyOptions) {
    const { engine, err, env } = this.cli
    const display = isQuiet ? undefined : new CopyDisplay(err, action, () => this.cli.now())
    return { connection: engine.connection, directory: logicalWorkingDirectory(env), display, signal }
  }
}
