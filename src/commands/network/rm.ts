import { DockerCommand } from '../../cli/command.ts'
import { describeError } from '../../cli/report-error.ts'
import { EngineError, ExitStatus } from '../../domain/errors.ts'
import { many } from '../../options/arg.ts'
import { bool } from '../../options/flag.ts'

const SWARM_LOSES =
  'This network leads into the swarm; without it no published port of a service can be reached. Remove it? [y/N]'

export default class NetworkRm extends DockerCommand {
  static override aliases = ['network:remove']
  static override summary = 'Remove networks'
  static override synopsis = 'NETWORK [NETWORK...]'
  static override args = { network: many('NETWORK') }
  static override flags = { force: bool({ char: 'f', summary: "Don't mind networks that there are not" }) }

  async run(): Promise<void> {
    const { flags, args } = await this.read(NetworkRm)
    let hasFailed = false
    for (const name of args.network) {
      try {
        if (!(await this.#mayRemove(name))) continue
        await this.cli.engine.networks.remove(name)
        this.cli.out.write(`${name}\n`)
      } catch (error) {
        if (flags.force && error instanceof EngineError && error.isNotFound) continue
        hasFailed = true
        this.cli.err.write(`${describeError(error)}\n`)
      }
    }
    if (hasFailed) throw new ExitStatus(1, 'exit status 1')
  }

  /** Asks before a swarm loses its way in; where nobody can be asked, it keeps it. */
  async #mayRemove(name: string): Promise<boolean> {
    const { engine, in: input, out, prompter } = this.cli
    // What cannot be looked at is for the removal to report.
    const isIngress = await engine.networks.isIngress(name).catch(() => false)
    if (!isIngress) return true
    if (!input.isTerminal || !out.isTerminal) return false
    return /^y(es)?$/i.test((await prompter.line(SWARM_LOSES)).trim())
  }
}
