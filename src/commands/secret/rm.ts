import { DockerCommand } from '../../cli/command.ts'
import { removeEach } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'

export default class SecretRm extends DockerCommand {
  static override aliases = ['secret:remove']
  static override summary = 'Remove secrets'
  static override examples = [
    { description: 'Remove a secret that no service uses', command: 'tug secret rm db-password' },
  ]
  static override synopsis = 'SECRET [SECRET...]'
  static override args = { secret: many('SECRET') }
  static override completes = 'secrets' as const
  static override requires = { minApi: '1.25' }

  async run(): Promise<void> {
    const { args } = await this.read(SecretRm)
    await removeEach(args.secret, (name) => this.cli.engine.secrets.remove(name), this.cli)
  }
}
