import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { parseReference, repositoryName, withDefaultTag } from '../../domain/image/reference.ts'
import { ContainerArchiveApi } from '../../engine/api/container-archives.ts'
import { one, optional } from '../../flags/arg.ts'
import { commitFlags, PAUSE_NOTICE, pausesContainer } from '../../flags/container/commit.ts'

export default class ContainerCommit extends DockerCommand {
  static override aliases = ['commit']
  static override summary = "Create an image from a container's changes"
  static override examples = [
    { description: "Save a container's file system as a new image", command: 'tug commit web friendlyhello:patched' },
    {
      description: 'Save it with another environment variable and a note',
      command: "tug commit --change 'ENV NAME=Gordon' --message 'Greet Gordon' web friendlyhello:gordon",
    },
    {
      description: 'Save it without pausing its processes',
      command: 'tug commit --no-pause web friendlyhello:snapshot',
    },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [REPOSITORY[:TAG]]'
  static override interspersed = false
  static override args = { container: one('CONTAINER'), reference: optional('REPOSITORY[:TAG]') }
  static override flags = commitFlags
  static override completes = 'running containers' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ContainerCommit)
    const { engine, out, err } = this.cli
    // docker 29 prints this to stdout, where scripts expect the ID of the image.
    if (typedFlags.has('pause') && err.isTerminal) err.write(`${PAUSE_NOTICE}\n`)
    const id = await new ContainerArchiveApi(engine.connection).commit({
      container: args.container,
      ...splitName(args.reference ?? ''),
      comment: flags.message,
      author: flags.author,
      changes: flags.change,
      pause: pausesContainer(flags, typedFlags),
    })
    out.write(`${id}\n`)
  }
}

/** Splits the new image's name. @throws Error with docker's message if it is invalid or has a digest */
function splitName(typed: string): { repository: string; tag: string } {
  if (typed === '') return { repository: '', tag: '' }
  const reference = parseReference(typed)
  if (reference.digest !== undefined) throw new ExitStatus(1, 'refusing to create a tag with a digest reference')
  return { repository: repositoryName(reference), tag: withDefaultTag(reference).tag ?? '' }
}
