import { DockerCommand } from '../../cli/command.ts'
import { confirm } from '../../cli/io/confirm.ts'
import { writeHint } from '../../cli/report-error.ts'
import { describeError, EngineError, ExitStatus } from '../../domain/errors.ts'
import { many } from '../../flags/arg.ts'
import { choiceFlags } from '../../flags/choice.ts'
import { bool } from '../../flags/flag.ts'

export default class NetworkRm extends DockerCommand {
  static override aliases = ['network:remove']
  static override summary = 'Remove networks'
  static override examples = [
    { description: 'Remove a network', command: 'tug network rm frontend' },
    {
      description: 'Remove networks, and ignore those that do not exist',
      command: 'tug network rm --force frontend nosuch',
    },
    {
      description: 'List which networks would be removed that no container uses',
      command: 'tug network rm --filter dangling=true --dry-run',
    },
  ]
  static override synopsis = 'NETWORK [NETWORK...]'
  static override args = { network: many('NETWORK') }
  static override flags = {
    force: bool({ char: 'f', summary: 'Do not fail if a network does not exist' }),
    ...choiceFlags({
      verb: 'remove',
      participle: 'removed',
      all: 'networks that a user created',
      completes: 'network filters',
    }),
  }
  static override completes = 'networks' as const

  async run(): Promise<void> {
    const { flags, targets } = await this.readTargets(NetworkRm)
    const { engine, out, err } = this.cli
    let hasFailed = false
    for (const { name, id } of targets) {
      if ((await this.#isIngress(id)) && !(await confirm(INGRESS_QUESTION, this.cli))) continue
      try {
        await engine.networks.remove(id)
        out.write(`${name}\n`)
      } catch (error) {
        if (flags.force && error instanceof EngineError && error.isNotFound) continue
        err.write(`${describeError(error)}\n`)
        await writeHint(error, err, this.cli)
        hasFailed = true
      }
    }
    if (hasFailed) throw new ExitStatus(1, 'exit status 1')
  }

  /** Whether the network is the swarm's routing mesh. If it cannot be inspected, removing it reports the error. */
  async #isIngress(nameOrId: string): Promise<boolean> {
    try {
      return (await this.cli.engine.networks.inspect(nameOrId)).Ingress === true
    } catch {
      return false
    }
  }
}

const INGRESS_QUESTION =
  'WARNING! Before removing the routing-mesh network, make sure all the nodes in your swarm run the same docker engine ' +
  'version. Otherwise, removal may not be effective and functionality of newly create ingress networks will be ' +
  'impaired.\nAre you sure you want to continue?'
