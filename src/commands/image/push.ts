import { refuseContentTrust } from '../../actions/image/content-trust.ts'
import { NO_PROGRESS } from '../../actions/image/pull.ts'
import { registryAuthFor } from '../../actions/registry/registry-auth.ts'
import { withRegistryHint } from '../../actions/registry/registry-hint.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { type Platform, parsePlatform } from '../../domain/image/platform.ts'
import {
  canonicalString,
  type ImageReference,
  isNameOnly,
  parseReference,
  repositoryName,
  withDefaultTag,
} from '../../domain/image/reference.ts'
import { one } from '../../flags/arg.ts'
import { bool, text } from '../../flags/flag.ts'
import { contentTrust } from '../../flags/shared.ts'
import { displayMessages, ProgressDisplay } from '../../format/progress/display.ts'
import { formatPushNote } from '../../format/progress/push-notes.ts'

export default class ImagePush extends DockerCommand {
  static override aliases = ['push']
  static override summary = 'Upload an image to a registry'
  static override examples = [
    {
      description: 'Upload an image to the registry in its name',
      command: 'tug push localhost:5000/friendlyhello:1.0',
    },
    { description: 'Upload all tags of a repository', command: 'tug push --all-tags localhost:5000/friendlyhello' },
  ]
  static override synopsis = '[OPTIONS] NAME[:TAG]'
  static override args = { name: one('NAME[:TAG]') }
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
  static override completes = ['images', 'nothing'] as const

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(ImagePush)
    refuseContentTrust(flags['disable-content-trust'], typedFlags.has('disable-content-trust'), this.cli)
    const { out } = this.cli
    const platform = flags.platform === '' ? undefined : this.#platform(flags.platform)
    const typed = parseReference(args.name)
    if (flags['all-tags'] && !isNameOnly(typed)) throw new ExitStatus(1, "tag can't be used with --all-tags/-a")
    if (typed.digest !== undefined) throw new ExitStatus(1, 'cannot push a digest reference')
    const reference = flags['all-tags'] ? typed : withDefaultTag(typed)
    if (!flags['all-tags'] && isNameOnly(typed) && !flags.quiet) out.write('Using default tag: latest\n')
    await withRegistryHint(reference.domain, () => this.#push(reference, platform, flags.quiet))
  }

  async #push(reference: ImageReference, platform: Platform | undefined, isQuiet: boolean): Promise<void> {
    const { out, engine, now } = this.cli
    const messages = await engine.images.push({
      repository: repositoryName(reference),
      tag: reference.tag ?? '',
      platform,
      auth: await registryAuthFor(reference, this.cli),
    })
    const notes: string[] = []
    try {
      await displayMessages(messages, new ProgressDisplay(isQuiet ? NO_PROGRESS : out, now), (aux) => {
        notes.push(formatPushNote(aux, out.isTerminal))
      })
      if (isQuiet) out.write(`${canonicalString(reference)}\n`)
    } finally {
      for (const note of notes) out.write(note)
    }
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

/** docker's note about `--platform`, to the byte because it goes to stdout. */
const ONE_PLATFORM = [
  '',
  ' Info -> Using --platform pushes only the specified platform manifest of a multi-platform image index.',
  '         Other components, like attestations, will not be included.',
  '         To push the complete multi-platform image, remove the --platform flag.',
  '         ',
  '',
].join('\n')
