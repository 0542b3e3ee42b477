import { createServer, type Server, type Socket } from 'node:net'
import { randomHex } from '../../files/random-name.ts'

/**
 * A socket that tells a plugin to shut down: the plugin connects to it, and tug closes the connection (docker/cli
 * cli-plugins/socket). A signal is not enough, since the plugin cannot know which processes it reached.
 */
export class ShutdownSocket {
  /** The environment variable with the socket's address; empty if the socket could not be created, as in docker. */
  readonly env: Readonly<Record<string, string>>
  readonly #server: Server | undefined
  readonly #connections: Set<Socket>

  private constructor(env: Record<string, string>, connections: Set<Socket>, server?: Server) {
    this.env = env
    this.#connections = connections
    this.#server = server
  }

  static async open(): Promise<ShutdownSocket> {
    const name = `docker_cli_${randomHex(16)}`
    const connections = new Set<Socket>()
    const server = createServer((connection) => {
      connections.add(connection)
      connection.on('error', () => connection.destroy())
    })
    try {
      // An abstract socket leaves no file behind.
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(`\0${name}`, resolve)
      })
      return new ShutdownSocket({ DOCKER_CLI_PLUGIN_SOCKET: `@${name}` }, connections, server)
    } catch {
      return new ShutdownSocket({}, connections)
    }
  }

  /** Closes every connection, which tells the plugin to shut down, and the socket. */
  close(): void {
    this.#server?.close()
    for (const connection of this.#connections) connection.destroy()
  }
}
