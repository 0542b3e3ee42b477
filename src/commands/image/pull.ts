import { refuseContentTrust } from '../../actions/image/content-trust.ts'
import { pullOf } from '../../actions/image/pull.ts'
import { openingOf, runTransfers } from '../../actions/image/run-transfers.ts'
import { parseEach } from '../../actions/image/typed-references.ts'
import { DockerCommand } from '../../cli/command.ts'
import { type ImageReference, isNameOnly, withDefaultTag } from '../../domain/image/reference.ts'
import { many } from '../../flags/arg.ts'
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
    { description: 'Download several images at a time', command: 'tug pull busybox python:3.8-slim' },
  ]
  static override synopsis = '[OPTIONS] NAME[:TAG|@DIGEST] [NAME[:TAG|@DIGEST]...]'
  static override args = { names: many('NAME[:TAG|@DIGEST]') }
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
  static override completes = 'images' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ImagePull)
    refuseContentTrust(flags['disable-content-trust'], typedFlags.has('disable-content-trust'), this.cli)
    const { env } = this.cli
    const { quiet, 'all-tags': allTags } = flags
    const platform = flags.platform || (env.DOCKER_DEFAULT_PLATFORM ?? '')
    const transfers = parseEach(args.names, (typed) => pullReference(typed, allTags)).map(
      ({ name, typed, reference }) =>
        pullOf(name, { reference, allTags, platform }, openingOf(typed, allTags, quiet), this.cli),
    )
    await runTransfers(transfers, quiet, this.cli)
  }
}

/** Returns the reference to pull. @throws Error with docker's message for one with a tag and `--all-tags` */
function pullReference(typed: ImageReference, allTags: boolean): ImageReference {
  if (!allTags) return withDefaultTag(typed)
  if (!isNameOnly(typed)) throw new Error("tag can't be used with --all-tags/-a")
  return typed
}
