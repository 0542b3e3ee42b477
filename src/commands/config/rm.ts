import { DockerCommand } from '../../cli/command.ts'
import { removeEach } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'

export default class ConfigRm extends DockerCommand {
  static override aliases = ['config:remove']
  static override summary = 'Remove configs'
  static override examples = [{ description: 'Remove a config', command: 'tug config rm site' }]
  static override synopsis = 'CONFIG [CONFIG...]'
  static override args = { config: many('CONFIG') }
  static override completes = 'configs' as const
  static override requires = { minApi: '1.30' }

  async run(): Promise<void> {
    const { args } = await this.read(ConfigRm)
    await removeEach(args.config, (name) => this.cli.engine.configs.remove(name), this.cli)
  }
}
