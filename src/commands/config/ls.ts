import { DockerCommand } from '../../cli/command.ts'
import { refuseUnservedCommand } from '../../cli/flag-gates.ts'
import { listSwarmFiles, swarmListFlags } from '../../cli/swarm-files.ts'

export default class ConfigLs extends DockerCommand {
  static override aliases = ['config:list']
  static override summary = 'List configs'
  static override flags = swarmListFlags

  async run(): Promise<void> {
    await refuseUnservedCommand('config ls', { minApi: '1.30' }, this.cli.engine)
    const { flags } = await this.read(ConfigLs)
    await listSwarmFiles('config', flags, this.cli)
  }
}
