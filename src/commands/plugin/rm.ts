import { DockerCommand } from '../../cli/command.ts'
import { removeEach } from '../../cli/each.ts'
import { PluginApi } from '../../engine/api/plugins.ts'
import { many } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'

export default class PluginRm extends DockerCommand {
  static override aliases = ['plugin:remove']
  static override summary = 'Remove plugins'
  static override examples = [
    { description: 'Remove a plugin that is disabled', command: 'tug plugin rm localhost:5000/greeter' },
    { description: 'Remove a plugin even if it is enabled', command: 'tug plugin rm --force localhost:5000/greeter' },
  ]
  static override synopsis = '[OPTIONS] PLUGIN [PLUGIN...]'
  static override args = { plugin: many('PLUGIN') }
  static override flags = {
    force: bool({ char: 'f', summary: 'Remove the plugin even if it is enabled' }),
  }
  static override requires = { minApi: '1.25' }
  static override completes = 'plugins' as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(PluginRm)
    const plugins = new PluginApi(this.cli.engine.connection)
    await removeEach(args.plugin, (name) => plugins.remove(name, flags.force), this.cli)
  }
}
