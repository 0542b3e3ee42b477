import { DockerCommand } from '../../cli/command.ts'
import { one } from '../../flags/arg.ts'
import { swarmJoinBody, swarmJoinFlags } from '../../flags/swarm/swarm.ts'

export default class SwarmJoin extends DockerCommand {
  static override summary = 'Join a swarm as a worker or manager'
  static override examples = [
    {
      description: 'Join a swarm with a token of tug swarm join-token',
      command: 'tug swarm join --token "$TOKEN" manager1:2377',
    },
  ]
  static override synopsis = '[OPTIONS] HOST:PORT'
  static override args = { remote: one('HOST:PORT') }
  static override flags = swarmJoinFlags

  async run(): Promise<void> {
    const { flags, args, typedFlags } = await this.read(SwarmJoin)
    const { engine, out } = this.cli
    await engine.swarm.join(swarmJoinBody(args.remote, flags, typedFlags))
    const role = (await engine.system.isSwarmManager()) ? 'manager' : 'worker'
    out.write(`This node joined a swarm as a ${role}.\n`)
  }
}
