import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import {
  type ImageReference,
  isImageId,
  parseReference,
  repositoryName,
  withDefaultTag,
} from '../../domain/image/reference.ts'
import { one } from '../../flags/arg.ts'

export default class ImageTag extends DockerCommand {
  static override aliases = ['tag']
  static override summary = 'Create a tag that refers to an image'
  static override examples = [
    { description: 'Give an image another tag', command: 'tug tag friendlyhello friendlyhello:1.0' },
    {
      description: 'Give it the name to push it with',
      command: 'tug tag friendlyhello localhost:5000/friendlyhello:1.0',
    },
  ]
  static override synopsis = 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]'
  static override interspersed = false
  static override args = { source: one('SOURCE_IMAGE[:TAG]'), target: one('TARGET_IMAGE[:TAG]') }
  static override completes = ['images', 'images', 'nothing'] as const

  async run(): Promise<void> {
    const { args } = await this.read(ImageTag)
    const target = parseTarget(args.target)
    if (!isImageId(args.source)) parseOrRefuse(args.source)
    await this.cli.engine.images.tag(args.source, repositoryName(target), target.tag ?? '')
  }
}

/** Parses the new name. @throws ExitStatus with docker's message if it is invalid or has a digest */
function parseTarget(text: string): ImageReference {
  const target = parseOrRefuse(text)
  if (target.digest !== undefined) throw new ExitStatus(1, 'refusing to create a tag with a digest reference')
  return withDefaultTag(target)
}

/** @throws ExitStatus with docker's message for an invalid reference */
function parseOrRefuse(text: string): ImageReference {
  try {
    return parseReference(text)
  } catch (error) {
    throw new ExitStatus(
      1,
      `Error parsing reference: ${goQuote(text)} is not a valid repository/tag: ${messageOf(error)}`,
    )
  }
}
