import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * A proxy in front of a real engine that withholds the responses to some requests. The engine executes them. Use `await
 * using`.
 */
export class SlowEngine {
  readonly socket: string
  readonly #server: Server
  readonly #open = new Set<Socket>()
  readonly #reached: Promise<void>

  private constructor(socket: string, server: Server, reached: Promise<void>) {
    this.socket = socket
    this.#server = server
    this.#reached = reached
  }

  /**
   * @param engine the socket of the real engine
   * @param withheld matches the request lines whose response is withheld: `POST /v1.41/containers/create HTTP/1.1`
   * @param socket the path to listen at
   */
  static async open(engine: string, withheld: RegExp, socket: string): Promise<SlowEngine> {
    const { promise: reached, resolve: reach } = Promise.withResolvers<void>()
    const server = createServer()
    const slow = new SlowEngine(socket, server, reached)
    server.on('connection', (client) => slow.#serve(client, connect(engine), withheld, reach))
    server.listen(socket)
    await once(server, 'listening')
    return slow
  }

  /** Settles when a request has arrived whose response is withheld. */
  get reached(): Promise<void> {
    return this.#reached
  }

  #serve(client: Socket, engine: Socket, withheld: RegExp, reach: () => void): void {
    let isWithheld = false
    for (const socket of [client, engine]) {
      this.#open.add(socket)
      socket
        .on('error', () => {})
        .on('close', () => {
          client.destroy()
          engine.destroy()
        })
    }
    client.on('data', (bytes) => {
      const [line = ''] = bytes.toString('latin1').split('\r\n', 1)
      if (withheld.test(line)) {
        isWithheld = true
        reach()
      }
      engine.write(bytes)
    })
    engine.on('data', (bytes) => {
      if (!isWithheld) client.write(bytes)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#open) socket.destroy()
    this.#server.close()
    await rm(this.socket, { force: true })
  }
}
