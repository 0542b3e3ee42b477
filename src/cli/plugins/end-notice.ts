import { randomBytes } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'

/**
 * How a plugin learns that it is to end: it holds a connection, and the connection is closed (docker/cli
 * cli-plugins/socket). A signal would not do, since a plugin may not know whom else the signal reached.
 */
export class EndNotice {
  /** What tells the plugin where to connect; empty where no such socket could be made, which docker bears too. */
  readonly env: Readonly<Record<string, string>>
  readonly #server: Server | undefined
  readonly #connections: Set<Socket>

  private constructor(env: Record<string, string>, connections: Set<Socket>, server?: Server) {
    this.env = env
    this.#connections = connections
    this.#server = server
  }

  static async open(): Promise<EndNotice> {
    const name = `docker_cli_${randomBytes(16).toString('hex')}`
    const connections = new Set<Socket>()
    const server = createServer((connection) => {
      connections.add(connection)
      connection.on('error', () => connection.destroy())
    })
    try {
      // An abstract socket: nothing is left in the file system.
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(`\0${name}`, resolve)
      })
      return new EndNotice({ DOCKER_CLI_PLUGIN_SOCKET: `@${name}` }, connections, server)
    } catch {
      return new EndNotice({}, connections)
    }
  }

  /** Closes every connection, which tells the plugin to end, and the socket. */
  give(): void {
    this.#server?.close()
    for (const connection of this.#connections) connection.destroy()
  }
}
