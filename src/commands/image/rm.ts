import { DockerCommand } from '../../cli/command.ts'
import { failuresInTurn, throwFailures } from '../../cli/each.ts'
import { describeError, EngineError } from '../../domain/errors.ts'
import type { ImageDeletion } from '../../domain/image/image.ts'
import { parsePlatform } from '../../domain/image/platform.ts'
import { many } from '../../flags/arg.ts'
import { choiceFlags } from '../../flags/choice.ts'
import { bool, strings } from '../../flags/flag.ts'

export default class ImageRm extends DockerCommand {
  static override aliases = ['image:remove', 'rmi']
  static override summary = 'Remove images'
  static override examples = [
    { description: 'Remove a tag, and the image if it was the last one', command: 'tug rmi busybox:old' },
    { description: 'Remove an image that a stopped container uses', command: 'tug rmi -f friendlyhello' },
    { description: 'Remove all images without a name', command: 'tug rmi --filter dangling=true' },
  ]
  static override synopsis = '[OPTIONS] IMAGE [IMAGE...]'
  static override args = { image: many('IMAGE') }
  static override flags = {
    force: bool({ char: 'f', summary: 'Force removal of the image' }),
    'no-prune': bool({ summary: 'Do not delete untagged parents' }),
    ...choiceFlags({ verb: 'remove', participle: 'removed', all: 'images', completes: 'image filters' }),
    platform: strings({
      completes: 'platforms',
      minApi: '1.50',
      summary: 'Remove only these platforms, each as os[/arch[/variant]]',
    }),
  }
  static override completes = 'images' as const

  async run(): Promise<void> {
    const { flags, targets } = await this.readTargets(ImageRm)
    const { engine, out, err } = this.cli
    const platforms = flags.platform.map((text) => parsePlatform(text, this.cli.platform))
    const options = { force: flags.force, prune: !flags['no-prune'], platforms }
    const failures = await failuresInTurn(
      targets.map(({ id }) => id),
      async (image) => {
        out.write(report(await engine.images.remove(image, options)))
      },
    )
    if (!flags.force || !failures.every(isNotFound)) throwFailures(failures)
    for (const failure of failures) err.write(`${describeError(failure)}\n`)
  }
}

function report(deletions: readonly ImageDeletion[]): string {
  return deletions
    .map(({ Deleted, Untagged }) => (Deleted ? `Deleted: ${Deleted}\n` : `Untagged: ${Untagged ?? ''}\n`))
    .join('')
}

function isNotFound(error: unknown): boolean {
  return error instanceof EngineError && error.isNotFound
}
