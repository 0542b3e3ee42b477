import { fetchUnlockKey, printJoinCommand, printUnlockKey } from '../../actions/swarm/join-tokens.ts'
import { DockerCommand } from '../../cli/command.ts'
import { programName } from '../../cli/program-name.ts'
import { describeError, EngineError, ExitStatus } from '../../domain/errors.ts'
import type { SwarmInitBody } from '../../domain/swarm/swarm.ts'
import { swarmInitBody, swarmInitFlags } from '../../flags/swarm/swarm.ts'

/** The message of a daemon that has no address, or several to choose from. */
const NO_ADDRESS = /could not choose an IP address to advertise|could not find the system's IP address/

export default class SwarmInit extends DockerCommand {
  static override summary = 'Initialize a swarm'
  static override examples = [
    {
      description: 'Make the daemon the first manager of a new swarm',
      command: 'tug swarm init --advertise-addr 127.0.0.1',
    },
    {
      description: 'Make one whose managers need a key after a restart',
      command: 'tug swarm init --advertise-addr 127.0.0.1 --autolock --task-history-limit 2',
    },
  ]
  static override flags = swarmInitFlags

  async run(): Promise<void> {
    const { flags, typedFlags } = await this.read(SwarmInit)
    const { out } = this.cli
    const body = swarmInitBody(flags, typedFlags)
    const nodeId = await this.#init(body)
    out.write(`Swarm initialized: current node (${nodeId}) is now a manager.\n\n`)
    await printJoinCommand(nodeId, 'worker', this.cli)
    out.write(
      `To add a manager to this swarm, run '${programName()} swarm join-token manager' and follow the instructions.\n`,
    )
    if (body.AutoLockManagers) printUnlockKey(await fetchUnlockKey(this.cli), this.cli)
  }

  async #init(body: SwarmInitBody): Promise<string> {
    try {
      return await this.cli.engine.swarm.init(body)
    } catch (error) {
      if (!(error instanceof EngineError) || !NO_ADDRESS.test(error.message)) throw error
      throw new ExitStatus(1, `${describeError(error)} - specify one with --advertise-addr`)
    }
  }
}
