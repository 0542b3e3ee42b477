import { inspectFormat, inspectSwarmObjects, prettyInspectFlags, printPretty } from '../../actions/swarm/inspect.ts'
import { findObject } from '../../actions/system/inspect.ts'
import { DockerCommand } from '../../cli/command.ts'
import { many } from '../../flags/arg.ts'
import { formatConfig } from '../../format/views/swarm/file.ts'

export default class ConfigInspect extends DockerCommand {
  static override summary = 'Display detailed information on configs'
  static override examples = [
    { description: 'Show a config and its content', command: 'tug config inspect --pretty site' },
    { description: 'Print the ID of a config', command: "tug config inspect --format '{{.ID}}' site" },
  ]
  static override synopsis = '[OPTIONS] CONFIG [CONFIG...]'
  static override args = { config: many('CONFIG') }
  static override flags = prettyInspectFlags
  static override completes = 'configs' as const
  static override requires = { minApi: '1.30' }

  async run(): Promise<void> {
    const { flags, args } = await this.read(ConfigInspect)
    const format = inspectFormat(flags)
    const pretty = async (name: string) => formatConfig(await this.cli.engine.configs.inspect(name))
    if (format === 'pretty') return printPretty(args.config, pretty, this.cli)
    await inspectSwarmObjects(args.config, format, (name) => findObject('config', name, {}, this.cli), this.cli)
  }
}
