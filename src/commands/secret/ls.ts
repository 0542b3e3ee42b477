import { printSwarmFiles, swarmListFlags } from '../../actions/swarm/list-secrets-and-configs.ts'
import { DockerCommand } from '../../cli/command.ts'

export default class SecretLs extends DockerCommand {
  static override aliases = ['secret:list']
  static override summary = 'List secrets'
  static override examples = [
    { description: 'List all secrets', command: 'tug secret ls' },
    {
      description: 'Print the IDs of the secrets with a label',
      command: 'tug secret ls --filter label=app=web --quiet',
    },
  ]
  static override flags = swarmListFlags
  static override requires = { minApi: '1.25' }

  async run(): Promise<void> {
    const { flags } = await this.read(SecretLs)
    await printSwarmFiles('secret', flags, this.cli)
  }
}
