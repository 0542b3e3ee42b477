import { refuseUnservedCommand } from '../../cli/argv/flag-gates.ts'
import { DockerCommand } from '../../cli/command.ts'
import { removeEach } from '../../cli/remove-each.ts'
import { many } from '../../flags/arg.ts'

export default class SecretRm extends DockerCommand {
  static override aliases = ['secret:remove']
  static override summary = 'Remove secrets'
  static override synopsis = 'SECRET [SECRET...]'
  static override args = { secret: many('SECRET') }

  async run(): Promise<void> {
    await refuseUnservedCommand('secret rm', { minApi: '1.25' }, this.cli.engine)
    const { args } = await this.read(SecretRm)
    await removeEach(args.secret, (name) => this.cli.engine.secrets.remove(name), this.cli)
  }
}
