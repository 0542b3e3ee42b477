import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { parseReference, repositoryName, withDefaultTag } from '../../domain/image/reference.ts'
import { ContainerArchiveApi } from '../../engine/api/container-archives.ts'
import { one, optional } from '../../flags/arg.ts'
import { bool, text, texts } from '../../flags/flag.ts'

export default class ContainerCommit extends DockerCommand {
  static override aliases = ['commit']
  static override summary = "Create an image from a container's changes"
  static override examples = [
    { description: "Save a container's file system as a new image", command: 'tug commit web friendlyhello:patched' },
    {
      description: 'Save it with another environment variable and a note',
      command: "tug commit --change 'ENV NAME=Gordon' --message 'Greet Gordon' web friendlyhello:gordon",
    },
  ]
  static override synopsis = '[OPTIONS] CONTAINER [REPOSITORY[:TAG]]'
  static override interspersed = false
  static override args = { container: one('CONTAINER'), reference: optional('REPOSITORY[:TAG]') }
  static override flags = {
    author: text({ char: 'a', summary: 'Author of the image, such as "Ann Other <ann@example.com>"' }),
    change: texts({ char: 'c', summary: "Apply a Dockerfile instruction to the image's configuration" }),
    message: text({ char: 'm', summary: 'Commit message' }),
    pause: bool({ char: 'p', default: true, summary: 'Pause the container during the commit' }),
  }
  static override completes = 'running containers' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(ContainerCommit)
    const { engine, out } = this.cli
    const id = await new ContainerArchiveApi(engine.connection).commit({
      container: args.container,
      ...splitName(args.reference ?? ''),
      comment: flags.message,
      author: flags.author,
      changes: flags.change,
      pause: flags.pause,
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
