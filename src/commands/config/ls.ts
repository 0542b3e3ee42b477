import { listSwarmFiles, swarmListFlags } from '../../actions/swarm/files.ts'
import { refuseUnservedCommand } from '../../cli/argv/flag-gates.ts'
import { DockerCommand } from '../../cli/command.ts'

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
