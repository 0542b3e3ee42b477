import { DockerCommand } from '../../cli/command.ts'
import { untilInterrupted } from '../../cli/io/interrupt.ts'
import { readLine } from '../../cli/io/read-line.ts'
import { ExitStatus } from '../../domain/errors.ts'

export default class SwarmUnlock extends DockerCommand {
  static override summary = 'Unlock a manager with a key that is typed or read from stdin'
  static override examples = [
    {
      description: 'Unlock a manager that was restarted, with a key from a file',
      command: 'tug swarm unlock < unlock-key.txt',
    },
  ]
  static override synopsis = ''

  async run(): Promise<void> {
    await this.read(SwarmUnlock)
    const { engine } = this.cli
    const state = (await engine.system.info()).Swarm?.LocalNodeState ?? ''
    if (state === 'inactive') throw new ExitStatus(1, 'Error: This node is not part of a swarm')
    if (['pending', 'active', 'error'].includes(state)) throw new ExitStatus(1, 'Error: swarm is not locked')
    await engine.swarm.unlock(await this.#readKey())
  }

  /** Reads the key. It cannot be an argument, because all users of the machine can see arguments. */
  async #readKey(): Promise<string> {
    if (this.cli.in.isTerminal) return this.cli.prompter.secret('Enter unlock key: ')
    const line = await untilInterrupted((signal) => readLine(this.cli.in.stream, signal))
    return line.trim()
  }
}
