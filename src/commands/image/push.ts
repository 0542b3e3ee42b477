import { refuseContentTrust } from '../../actions/image/content-trust.ts'
import { pushOf } from '../../actions/image/push.ts'
import { openingOf, runTransfers } from '../../actions/image/run-transfers.ts'
import { parseEach } from '../../actions/image/typed-references.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { type Platform, parsePlatform } from '../../domain/image/platform.ts'
import { type ImageReference, isNameOnly, withDefaultTag } from '../../domain/image/reference.ts'
import { many } from '../../flags/arg.ts'
import { bool, text } from '../../flags/flag.ts'
import { contentTrust } from '../../flags/shared.ts'

export default class ImagePush extends DockerCommand {
  static override aliases = ['push']
  static override summary = 'Upload an image to a registry'
  static override examples = [
    {
      description: 'Upload an image to the registry in its name',
      command: 'tug push localhost:5000/friendlyhello:1.0',
    },
    { description: 'Upload all tags of a repository', command: 'tug push --all-tags localhost:5000/friendlyhello' },
    {
      description: 'Upload several images at a time',
      command: 'tug push localhost:5000/friendlyhello:1.0 localhost:5000/friendlyhello:1.1',
    },
  ]
  static override synopsis = '[OPTIONS] NAME[:TAG] [NAME[:TAG]...]'
  static override args = { names: many('NAME[:TAG]') }
  static override flags = {
    'all-tags': bool({ char: 'a', summary: 'Upload all tags of the repository' }),
    'disable-content-trust': contentTrust('signing'),
    platform: text({
      completes: 'platforms',
      minApi: '1.46',
      summary: 'Upload only this platform, os[/arch[/variant]]',
    }),
    quiet: bool({ char: 'q', summary: "Print only the image's name" }),
  }
  static override completes = 'images' as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ImagePush)
    refuseContentTrust(flags['disable-content-trust'], typedFlags.has('disable-content-trust'), this.cli)
    const { quiet, 'all-tags': allTags } = flags
    const platform = flags.platform === '' ? undefined : this.#platform(flags.platform)
    const transfers = parseEach(args.names, (typed) => pushReference(typed, allTags)).map(
      ({ name, typed, reference }) =>
        pushOf(name, { reference, platform, isQuiet: quiet }, openingOf(typed, allTags, quiet), this.cli),
    )
    await runTransfers(transfers, quiet, this.cli)
  }

  #platform(text: string): Platform {
    try {
      const platform = parsePlatform(text, this.cli.platform)
      this.cli.out.write(ONE_PLATFORM)
      return platform
    } catch (error) {
      throw new ExitStatus(1, `Invalid platform ${text}${messageOf(error)}`)
    }
  }
}

/** Returns the reference to push. @throws Error with docker's message for one that cannot be pushed */
function pushReference(typed: ImageReference, allTags: boolean): ImageReference {
  if (allTags && !isNameOnly(typed)) throw new Error("tag can't be used with --all-tags/-a")
  if (typed.digest !== undefined) throw new Error('cannot push a digest reference')
  return allTags ? typed : withDefaultTag(typed)
}

/** docker's note about `--platform`, to the byte because it goes to stdout. */
const ONE_PLATFORM = [
  '',
  ' Info -> Using --platform pushes only the specified platform manifest of a multi-platform image index.',
  '         Other components, like attestations, will not be included.',
  '         To push the complete multi-platform image, remove the --platform flag.',
  '         ',
  '',
].join('\n')
