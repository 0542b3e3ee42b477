import { DockerCommand } from '../../cli/command.ts'
import { PluginApi } from '../../engine/api/plugins.ts'
import { one } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'

export default class PluginDisable extends DockerCommand {
  static override summary = 'Disable a plugin'
  static override examples = [{ description: 'Stop a plugin', command: 'tug plugin disable localhost:5000/greeter' }]
  static override synopsis = '[OPTIONS] PLUGIN'
  static override args = { plugin: one('PLUGIN') }
  static override flags = {
    force: bool({ char: 'f', summary: 'Disable the plugin even if it is in use' }),
  }
  static override requires = { minApi: '1.25' }
  static override completes = ['enabled plugins', 'nothing'] as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(PluginDisable)
    await new PluginApi(this.cli.engine.connection).disable(args.plugin, flags.force)
    this.cli.out.write(`${args.plugin}\n`)
  }
}
