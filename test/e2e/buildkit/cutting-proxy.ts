import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * A proxy in front of a unix socket, whose connections can be closed as by the death of a daemon. It listens on a
 * socket or a port of 127.0.0.1.
 */
export class CuttingProxy implements AsyncDisposable {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  /** By direction, how many more bytes pass before the connections are cut. */
  readonly #left = { sent: Number.POSITIVE_INFINITY, received: Number.POSITIVE_INFINITY }

  private constructor(target: string) {
    this.#server = createServer((client) => {
      const daemon = connect(target)
      for (const socket of [client, daemon]) {
        this.#sockets.add(socket)
        socket.on('error', () => {})
        socket.on('close', () => this.#sockets.delete(socket))
      }
      client.on('data', (bytes) => this.#count('sent', bytes.length)).pipe(daemon)
      daemon.on('data', (bytes) => this.#count('received', bytes.length)).pipe(client)
    })
  }

  /** @param path the socket to listen on; a port by default */
  static async open(target: string, path?: string): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(target)
    if (path === undefined) proxy.#server.listen(0, '127.0.0.1')
    else proxy.#server.listen(path)
    await once(proxy.#server, 'listening')
    return proxy
  }

  /** The value for DOCKER_HOST when it listens on a port. */
  get host(): string {
    const address = this.#server.address()
    return `tcp://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  }

  /** The number of open connections. */
  get connections(): number {
    return this.#sockets.size / 2
  }

  /** Cuts all connections once the client has sent or received a number of bytes. */
  cutAfter(direction: 'sent' | 'received', bytes: number): void {
    this.#left[direction] = bytes
  }

  #count(direction: 'sent' | 'received', bytes: number): void {
    this.#left[direction] -= bytes
    if (this.#left[direction] <= 0) this.cut()
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut()
    this.#server.close()
  }
}
