import { inspectFormat, inspectSwarmObjects, prettyInspectFlags, printPretty } from '../../actions/swarm/inspect.ts'
import { findObject } from '../../actions/system/inspect.ts'
import { DockerCommand } from '../../cli/command.ts'
import { many } from '../../flags/arg.ts'
import { formatSecret } from '../../format/views/swarm/file.ts'

export default class SecretInspect extends DockerCommand {
  static override summary = 'Display detailed information on secrets, without their content'
  static override examples = [
    { description: 'Show a secret, without its content', command: 'tug secret inspect --pretty db-password' },
    { description: 'Print when it was created', command: "tug secret inspect --format '{{.CreatedAt}}' db-password" },
  ]
  static override synopsis = '[OPTIONS] SECRET [SECRET...]'
  static override args = { secret: many('SECRET') }
  static override flags = prettyInspectFlags
  static override completes = 'secrets' as const
  static override requires = { minApi: '1.25' }

  async run(): Promise<void> {
    const { flags, args } = await this.read(SecretInspect)
    const format = inspectFormat(flags)
    const pretty = async (name: string) => formatSecret(await this.cli.engine.secrets.inspect(name))
    if (format === 'pretty') return printPretty(args.secret, pretty, this.cli)
    await inspectSwarmObjects(args.secret, format, (name) => findObject('secret', name, {}, this.cli), this.cli)
  }
}
