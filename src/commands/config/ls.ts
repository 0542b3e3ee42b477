import { printSwarmFiles, swarmListFlags } from '../../actions/swarm/list-secrets-and-configs.ts'
import { DockerCommand } from '../../cli/command.ts'

export default class ConfigLs extends DockerCommand {
  static override aliases = ['config:list']
  static override summary = 'List configs'
  static override examples = [
    { description: 'List all configs', command: 'tug config ls' },
    {
      description: 'Print the IDs of the configs with a label',
      command: 'tug config ls --filter label=app=web --quiet',
    },
  ]
  static override flags = swarmListFlags
  static override requires = { minApi: '1.30' }

  async run(): Promise<void> {
    const { flags } = await this.read(ConfigLs)
    await printSwarmFiles('config', flags, this.cli)
  }
}
