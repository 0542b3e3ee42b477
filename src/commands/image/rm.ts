import { DockerCommand } from '../../cli/command.ts'
import { describeError } from '../../cli/report-error.ts'
import { EngineError, ExitStatus } from '../../domain/errors.ts'
import type { ImageDeletion } from '../../domain/image/image.ts'
import { parsePlatform } from '../../domain/image/platform.ts'
import { many } from '../../flags/arg.ts'
import { bool, strings } from '../../flags/flag.ts'

export default class ImageRm extends DockerCommand {
  static override aliases = ['image:remove', 'rmi']
  static override summary = 'Remove images'
  static override synopsis = '[OPTIONS] IMAGE [IMAGE...]'
  static override args = { image: many('IMAGE') }
  static override flags = {
    force: bool({ char: 'f', summary: 'Remove the image even if a stopped container uses it' }),
    'no-prune': bool({ summary: 'Keep untagged parents' }),
    platform: strings({ minApi: '1.50', summary: 'Remove only these variants, each as os[/arch[/variant]]' }),
  }

  async run(): Promise<void> {
    const { flags, args } = await this.read(ImageRm)
    const { engine, out, err } = this.cli
    const platforms = flags.platform.map((text) => parsePlatform(text, this.cli.platform))
    const options = { force: flags.force, prune: !flags['no-prune'], platforms }
    const errors: unknown[] = []
    for (const image of args.image) {
      try {
        out.write(report(await engine.images.remove(image, options)))
      } catch (error) {
        errors.push(error)
      }
    }
    if (errors.length === 0) return
    const message = errors.map(describeError).join('\n')
    if (!flags.force || !errors.every(isNotFound)) throw new ExitStatus(1, message)
    err.write(`${message}\n`)
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
