import { refuseContentTrust } from '../../actions/image/content-trust.ts'
import { NO_PROGRESS, pullImage } from '../../actions/image/pull.ts'
import { withRegistryHint } from '../../actions/registry/registry-hint.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import {
  canonicalString,
  type ImageReference,
  isNameOnly,
  parseReference,
  withDefaultTag,
} from '../../domain/image/reference.ts'
import { one } from '../../flags/arg.ts'
import { bool, text } from '../../flags/flag.ts'
import { contentTrust } from '../../flags/shared.ts'

export default class ImagePull extends DockerCommand {
  static override aliases = ['pull']
  static override summary = 'Download an image from a registry'
  static override examples = [
    { description: 'Download an image', command: 'tug pull busybox' },
    { description: "Download a tag, and print only the image's name", command: 'tug pull -q python:3.8-slim' },
    {
      description: 'Download from another registry than Docker Hub',
      command: 'tug pull localhost:5000/friendlyhello:1.0',
    },
  ]
  static override synopsis = '[OPTIONS] NAME[:TAG|@DIGEST]'
  static override args = { name: one('NAME[:TAG|@DIGEST]') }
  static override flags = {
    'all-tags': bool({ char: 'a', summary: 'Download all tags of the repository' }),
    'disable-content-trust': contentTrust('verification'),
    platform: text({
      completes: 'platforms',
      minApi: '1.32',
      summary: 'Download the image for this platform, os[/arch[/variant]]',
    }),
    quiet: bool({ char: 'q', summary: "Print only the image's name" }),
  }

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ImagePull)
    refuseContentTrust(flags['disable-content-trust'], typedFlags.has('disable-content-trust'), this.cli)
    const { out, env } = this.cli
    const reference = pullReference(args.name, flags['all-tags'])
    if (!flags.quiet && !flags['all-tags'] && isNameOnly(parseReference(args.name))) {
      out.write('Using default tag: latest\n')
    }
    const request = {
      reference,
      allTags: flags['all-tags'],
      platform: flags.platform || (env.DOCKER_DEFAULT_PLATFORM ?? ''),
      progress: flags.quiet ? NO_PROGRESS : out,
    }
    await withRegistryHint(reference.domain, () => pullImage(request, this.cli))
    out.write(`${canonicalString(reference)}\n`)
  }
}

/** @throws ExitStatus with docker's message for an invalid reference, or one with a tag and `--all-tags` */
function pullReference(typed: string, allTags: boolean): ImageReference {
  const reference = parse(typed)
  if (!allTags) return withDefaultTag(reference)
  if (!isNameOnly(reference)) throw new ExitStatus(1, "tag can't be used with --all-tags/-a")
  return reference
}

function parse(typed: string): ImageReference {
  try {
    return parseReference(typed)
  } catch (error) {
    throw new ExitStatus(1, messageOf(error))
  }
}
