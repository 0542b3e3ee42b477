import { findObject, inspectAll } from '../../actions/system/inspect.ts'
import { DockerCommand } from '../../cli/command.ts'
import { many } from '../../flags/arg.ts'
import { objectFormat } from '../../flags/shared.ts'

export default class PluginInspect extends DockerCommand {
  static override summary = 'Display detailed information on plugins'
  static override examples = [
    { description: 'Show everything about a plugin', command: 'tug plugin inspect localhost:5000/greeter' },
    {
      description: 'Print its settings as JSON',
      command: "tug plugin inspect --format '{{json .Settings}}' localhost:5000/greeter",
    },
  ]
  static override synopsis = '[OPTIONS] PLUGIN [PLUGIN...]'
  static override args = { plugin: many('PLUGIN') }
  static override flags = { format: objectFormat() }
  static override requires = { minApi: '1.25' }
  static override completes = 'plugins' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(PluginInspect)
    const find = async (name: string) => findObject('plugin', name, {}, this.cli)
    await inspectAll(args.plugin, flags.format, find, this.cli)
  }
}
