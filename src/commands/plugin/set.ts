import { DockerCommand } from '../../cli/command.ts'
import { PluginApi } from '../../engine/api/plugins.ts'
import { many, one } from '../../flags/arg.ts'

export default class PluginSet extends DockerCommand {
  static override summary = 'Change settings of a plugin'
  static override examples = [
    {
      description: 'Change an environment variable of a plugin that is disabled',
      command: 'tug plugin set localhost:5000/greeter NAME=Gordon',
    },
  ]
  static override synopsis = 'PLUGIN KEY=VALUE [KEY=VALUE...]'
  static override args = { plugin: one('PLUGIN'), settings: many('KEY=VALUE') }
  static override requires = { minApi: '1.25' }
  static override completes = ['plugins', 'nothing'] as const

  async run(): Promise<void> {
    const { args } = await this.read(PluginSet)
    await new PluginApi(this.cli.engine.connection).set(args.plugin, args.settings)
  }
}
