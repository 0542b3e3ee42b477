import { type JoinRole, printJoinCommand } from '../../actions/swarm/join-tokens.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ExitStatus } from '../../domain/errors.ts'
import { one } from '../../flags/arg.ts'
import { bool } from '../../flags/flag.ts'

export default class SwarmJoinToken extends DockerCommand {
  static override summary = 'Display and rotate join tokens'
  static override examples = [
    { description: 'Print the command with which a worker joins', command: 'tug swarm join-token worker' },
    { description: 'Print only the token for managers', command: 'tug swarm join-token -q manager' },
    {
      description: 'Replace the token for workers and print the new one',
      command: 'tug swarm join-token -q --rotate worker',
    },
  ]
  static override synopsis = '[OPTIONS] (worker|manager)'
  static override args = { role: one('(worker|manager)') }
  static override flags = {
    quiet: bool({ char: 'q', summary: 'Print only the token' }),
    rotate: bool({ summary: 'Rotate the token; the old one becomes invalid' }),
  }
  static override completes = [['worker', 'manager'], 'nothing'] as const

  async run(): Promise<void> {
    const { flags, args } = await this.read(SwarmJoinToken)
    const role = parseRole(args.role)
    const { engine, out } = this.cli
    if (flags.rotate) {
      const swarm = await engine.swarm.inspect()
      await engine.swarm.update(swarm, swarm.Spec ?? {}, role === 'worker' ? 'rotateWorkerToken' : 'rotateManagerToken')
      if (!flags.quiet) out.write(`Successfully rotated ${role} join token.\n\n`)
    }
    const { JoinTokens = {} } = await engine.swarm.inspect()
    if (flags.quiet) {
      out.write(`${(role === 'worker' ? JoinTokens.Worker : JoinTokens.Manager) ?? ''}\n`)
      return
    }
    const { Swarm } = await engine.system.info()
    await printJoinCommand(Swarm?.NodeID ?? '', role, this.cli)
  }
}

/** @throws ExitStatus with docker's message for an unknown role */
function parseRole(typed: string): JoinRole {
  if (typed === 'worker' || typed === 'manager') return typed
  throw new ExitStatus(1, `unknown role ${typed}`)
}
