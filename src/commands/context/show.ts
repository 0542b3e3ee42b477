import { DockerCommand } from '../../cli/command.ts'

export default class ContextShow extends DockerCommand {
  static override summary = 'Print the name of the current context'
  static override examples = [{ description: 'Print the name of the current context', command: 'tug context show' }]
  static override synopsis = ''

  async run(): Promise<void> {
    await this.read(ContextShow)
    this.cli.out.write(`${this.cli.contextName}\n`)
  }
}
