import { proxyStdio } from '../../attach/proxy-stdio.ts'
import { DockerCommand } from '../../cli/command.ts'
import { ConnectionError } from '../../domain/errors.ts'

export default class SystemDialStdio extends DockerCommand {
  static override summary = 'Proxy stdin and stdout to the daemon; the far side of ssh:// endpoints runs this'
  static override synopsis = ''
  static override hidden = true

  async run(): Promise<void> {
    await this.read(SystemDialStdio)
    const connection = await this.cli.engine.connection.connect().catch((error: unknown) => {
      if (!(error instanceof ConnectionError)) throw error
      throw new ConnectionError(`failed to open the raw stream connection: ${error.message}`, error.hint)
    })
    await proxyStdio(connection, this.cli)
  }
}
