import { DockerCommand } from '../../cli/command.ts'
import { removeEach } from '../../cli/each.ts'
import { many } from '../../flags/arg.ts'

export default class ServiceRm extends DockerCommand {
  static override aliases = ['service:remove']
  static override summary = 'Remove services'
  static override examples = [{ description: 'Remove a service and its tasks', command: 'tug service rm clock' }]
  static override synopsis = 'SERVICE [SERVICE...]'
  static override args = { service: many('SERVICE') }
  static override completes = 'services' as const
  static override flagsComplete = 'nothing' as const

  async run(): Promise<void> {
    const { args } = await this.read(ServiceRm)
    await removeEach(args.service, (name) => this.cli.engine.services.remove(name), this.cli)
  }
}
