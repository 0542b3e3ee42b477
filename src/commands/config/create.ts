import { DockerCommand } from '../../cli/command.ts'
import { refuseUnservedCommand } from '../../cli/flag-gates.ts'
import { readContent } from '../../cli/swarm-content.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { goQuote } from '../../domain/quote.ts'
import { one } from '../../options/arg.ts'
import { configCreateFlags, swarmFileSpec } from '../../options/swarm-file.ts'

export default class ConfigCreate extends DockerCommand {
  static override summary = 'Keep a file, or what comes from stdin, as a config'
  static override synopsis = '[OPTIONS] CONFIG file|-'
  static override args = { config: one('CONFIG'), file: one('file|-') }
  static override flags = configCreateFlags

  async run(): Promise<void> {
    await refuseUnservedCommand('config create', { minApi: '1.30' }, this.cli.engine)
    const { flags, args } = await this.read(ConfigCreate)
    const content = await this.#content(args.file)
    const id = await this.cli.engine.configs.create(swarmFileSpec(args.config, flags, content))
    this.cli.out.write(`${id}\n`)
  }

  async #content(file: string): Promise<Uint8Array> {
    try {
      return await readContent('config', file, this.cli.in)
    } catch (error) {
      throw new ExitStatus(1, `Error reading content from ${goQuote(file)}: ${messageOf(error)}`)
    }
  }
}
