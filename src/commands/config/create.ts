import { readContent } from '../../actions/swarm/secret-content.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus, messageOf } from '../../domain/errors.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { one } from '../../flags/arg.ts'
import { configCreateFlags, swarmFileSpec } from '../../flags/swarm/file.ts'

export default class ConfigCreate extends DockerCommand {
  static override summary = 'Create a config from a file or stdin'
  static override examples = [
    { description: 'Create a config from a file', command: 'tug config create motd motd.txt' },
    {
      description: 'Create a config with a label from stdin',
      command: "echo 'workers: 4' | tug config create --label app=web settings -",
    },
  ]
  static override synopsis = '[OPTIONS] CONFIG file|-'
  static override args = { config: one('CONFIG'), file: one('file|-') }
  static override flags = configCreateFlags
  static override completes = ['nothing', 'files', 'nothing'] as const
  static override requires = { minApi: '1.30' }

  async run(): Promise<void> {
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
