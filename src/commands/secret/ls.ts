import { listSwarmFiles, swarmListFlags } from '../../actions/swarm/files.ts'
import { refuseUnservedCommand } from '../../cli/argv/flag-gates.ts'
import { DockerCommand } from '../../cli/command.ts'

export default class SecretLs extends DockerCommand {
  static override aliases = ['secret:list']
  static override summary = 'List secrets'
  static override flags = swarmListFlags

  async run(): Promise<void> {
    await refuseUnservedCommand('secret ls', { minApi: '1.25' }, this.cli.engine)
    const { flags } = await this.read(SecretLs)
    await listSwarmFiles('secret', flags, this.cli)
  }
}
