import { refuseUnservedCommand } from '../../cli/argv/flag-gates.ts'
import { DockerCommand } from '../../cli/command.ts'
import { removeEach } from '../../cli/remove-each.ts'
import { many } from '../../flags/arg.ts'

export default class ConfigRm extends DockerCommand {
  static override aliases = ['config:remove']
  static override summary = 'Remove configs'
  static override synopsis = 'CONFIG [CONFIG...]'
  static override args = { config: many('CONFIG') }

  async run(): Promise<void> {
    await refuseUnservedCommand('config rm', { minApi: '1.30' }, this.cli.engine)
    const { args } = await this.read(ConfigRm)
    await removeEach(args.config, (name) => this.cli.engine.configs.remove(name), this.cli)
  }
}
