import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { PluginApi } from '../../engine/api/plugins.ts'
import { one } from '../../flags/arg.ts'
import { int } from '../../flags/flag.ts'

export default class PluginEnable extends DockerCommand {
  static override summary = 'Enable a plugin'
  static override examples = [
    { description: 'Start a plugin that is installed', command: 'tug plugin enable localhost:5000/greeter' },
  ]
  static override synopsis = '[OPTIONS] PLUGIN'
  static override args = { plugin: one('PLUGIN') }
  static override flags = {
    timeout: int({ default: 30, summary: 'Seconds that the daemon waits for the plugin' }),
  }
  static override requires = { minApi: '1.25' }
  static override completes = ['disabled plugins', 'nothing'] as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(PluginEnable)
    if (flags.timeout < 0) throw new ExitStatus(1, `negative timeout ${flags.timeout} is invalid`)
    await new PluginApi(this.cli.engine.connection).enable(args.plugin, flags.timeout)
    this.cli.out.write(`${args.plugin}\n`)
  }
}
