import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'

/** Forwards a port of the loopback interface to a daemon's unix socket, over plain TCP or TLS. */
export class Relay {
  readonly port: number
  readonly #server: Server
  readonly #sockets: Set<Socket>

  private constructor(server: Server, port: number, sockets: Set<Socket>) {
    this.#server = server
    this.port = port
    this.#sockets = sockets
  }

  /** @param tls the server's certificate and key; without them the relay uses plain TCP */
  static async open(socketPath: string, tls?: TlsOptions): Promise<Relay> {
    const sockets = new Set<Socket>()
    const join = (client: Socket) => {
      const daemon = connect({ path: socketPath, allowHalfOpen: true })
      for (const [from, to] of [
        [client, daemon],
        [daemon, client],
      ] as const) {
        sockets.add(from)
        from.on('error', () => to.destroy()).on('close', () => sockets.delete(from))
        from.pipe(to)
      }
    }
    const server = tls
      ? createTlsServer({ ...tls, allowHalfOpen: true }, join)
      : createServer({ allowHalfOpen: true }, join)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (typeof address !== 'object' || address === null) throw new Error('no port')
    return new Relay(server, address.port, sockets)
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }
}
