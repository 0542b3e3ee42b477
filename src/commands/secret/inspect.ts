import { inspectFormat, inspectSwarm, prettyInspect, prettyInspectFlags } from '../../actions/swarm/pretty-inspect.ts'
import { findObject } from '../../actions/system/inspect.ts'
import { refuseUnservedCommand } from '../../cli/argv/flag-gates.ts'
import { DockerCommand } from '../../cli/command.ts'
import { many } from '../../flags/arg.ts'
import { formatSecret } from '../../format/views/swarm/file.ts'

export default class SecretInspect extends DockerCommand {
  static override summary = 'Show all that the daemon knows of secrets, but not what is in them'
  static override synopsis = '[OPTIONS] SECRET [SECRET...]'
  static override args = { secret: many('SECRET') }
  static override flags = prettyInspectFlags

  async run(): Promise<void> {
    await refuseUnservedCommand('secret inspect', { minApi: '1.25' }, this.cli.engine)
    const { flags, args } = await this.read(SecretInspect)
    const format = inspectFormat(flags)
    const show = async (name: string) => formatSecret(await this.cli.engine.secrets.inspect(name))
    if (format === 'pretty') return prettyInspect(args.secret, show, this.cli)
    await inspectSwarm(args.secret, format, (name) => findObject('secret', name, {}, this.cli), this.cli)
  }
}
