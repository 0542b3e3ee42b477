import { inspectFormat, inspectSwarm, prettyInspect, prettyInspectFlags } from '../../actions/swarm/pretty-inspect.ts'
import { findObject } from '../../actions/system/inspect.ts'
import { refuseUnservedCommand } from '../../cli/argv/flag-gates.ts'
import { DockerCommand } from '../../cli/command.ts'
import { many } from '../../flags/arg.ts'
import { formatConfig } from '../../format/views/swarm/file.ts'

export default class ConfigInspect extends DockerCommand {
  static override summary = 'Show all that the daemon knows of configs'
  static override synopsis = '[OPTIONS] CONFIG [CONFIG...]'
  static override args = { config: many('CONFIG') }
  static override flags = prettyInspectFlags

  async run(): Promise<void> {
    await refuseUnservedCommand('config inspect', { minApi: '1.30' }, this.cli.engine)
    const { flags, args } = await this.read(ConfigInspect)
    const format = inspectFormat(flags)
    const show = async (name: string) => formatConfig(await this.cli.engine.configs.inspect(name))
    if (format === 'pretty') return prettyInspect(args.config, show, this.cli)
    await inspectSwarm(args.config, format, (name) => findObject('config', name, {}, this.cli), this.cli)
  }
}
