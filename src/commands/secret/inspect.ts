import { DockerCommand } from '../../cli/command.ts'
import { refuseUnservedCommand } from '../../cli/flag-gates.ts'
import { findObject } from '../../cli/inspect.ts'
import { inspectFormat, inspectSwarm, prettyInspect, prettyInspectFlags } from '../../cli/pretty-inspect.ts'
import { prettySecret } from '../../format/views/swarm-file.ts'
import { many } from '../../options/arg.ts'

export default class SecretInspect extends DockerCommand {
  static override summary = 'Show all that the daemon knows of secrets, but not what is in them'
  static override synopsis = '[OPTIONS] SECRET [SECRET...]'
  static override args = { secret: many('SECRET') }
  static override flags = prettyInspectFlags

  async run(): Promise<void> {
    await refuseUnservedCommand('secret inspect', { minApi: '1.25' }, this.cli.engine)
    const { flags, args } = await this.read(SecretInspect)
    const format = inspectFormat(flags)
    const show = async (name: string) => prettySecret(await this.cli.engine.secrets.inspect(name))
    if (format === 'pretty') return prettyInspect(args.secret, show, this.cli)
    await inspectSwarm(args.secret, format, (name) => findObject('secret', name, {}, this.cli), this.cli)
  }
}
