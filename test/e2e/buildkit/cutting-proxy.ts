import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/** A unix socket in front of another one, whose connections can be cut as a daemon's death cuts them. */
export class CuttingProxy implements AsyncDisposable {
  readonly path: string
  readonly #server: Server
  readonly #sockets = new Set<Socket>()

  private constructor(target: string, path: string) {
    this.path = path
    this.#server = createServer((client) => {
      const daemon = connect(target)
      for (const socket of [client, daemon]) {
        this.#sockets.add(socket)
        socket.on('error', () => {})
        socket.on('close', () => this.#sockets.delete(socket))
      }
      client.pipe(daemon)
      daemon.pipe(client)
    })
  }

  static async open(target: string, path: string): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(target, path)
    proxy.#server.listen(path)
    await once(proxy.#server, 'listening')
    return proxy
  }

  /** How many connections there are. */
  get connections(): number {
    return this.#sockets.size / 2
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut()
    this.#server.close()
  }
}
