import { DockerCommand } from '../../cli/command.ts'
import { bool } from '../../flags/flag.ts'

export default class SwarmLeave extends DockerCommand {
  static override summary = 'Leave the swarm'
  static override examples = [
    { description: 'Leave a swarm as a worker', command: 'tug swarm leave' },
    { description: 'Leave a swarm as a manager', command: 'tug swarm leave --force' },
  ]
  static override flags = {
    force: bool({ char: 'f', summary: 'Leave even if the swarm loses its last manager' }),
  }

  async run(): Promise<void> {
    const { flags } = await this.read(SwarmLeave)
    await this.cli.engine.swarm.leave(flags.force)
    this.cli.out.write('Node left the swarm.\n')
  }
}
