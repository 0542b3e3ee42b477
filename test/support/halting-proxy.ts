import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Halt {
  readonly request: RegExp
  readonly reached: PromiseWithResolvers<void>
  readonly released: PromiseWithResolvers<void>
}

/**
 * Forwards HTTP requests to a daemon's unix socket, and can hold back a response: the daemon has done what was requested,
 * and the client does not know it yet.
 */
export class HaltingProxy {
  readonly socket: string
  readonly #server: Server
  readonly #directory: string
  #halt: Halt | undefined

  private constructor(directory: string, socket: string, daemon: string) {
    this.#directory = directory
    this.socket = socket
    this.#server = createServer(async (incoming, outgoing) => {
      const { method, url: path, headers } = incoming
      // In one piece, because daemons now and then close the connection of a request whose body follows its headers.
      const body = Buffer.concat(await Array.fromAsync<Uint8Array>(incoming))
      const forwarded = request({ socketPath: daemon, agent: false, method, path, headers }, async (response) => {
        const halt = this.#halt
        if (halt?.request.test(`${method} ${path}`)) {
          this.#halt = undefined
          halt.reached.resolve()
          await halt.released.promise
        }
        outgoing.writeHead(response.statusCode ?? 500, response.headers)
        outgoing.flushHeaders()
        response.on('error', () => outgoing.destroy()).pipe(outgoing)
      })
      forwarded.on('error', () => outgoing.destroy())
      outgoing.on('close', () => forwarded.destroy())
      forwarded.end(body)
    })
  }

  static async open(daemon: string): Promise<HaltingProxy> {
    const directory = await mkdtemp(join(tmpdir(), 'tug-proxy-'))
    const proxy = new HaltingProxy(directory, join(directory, 'docker.sock'), daemon)
    proxy.#server.listen(proxy.socket)
    await once(proxy.#server, 'listening')
    return proxy
  }

  /**
   * Holds back the response to the next request that matches, such as `POST /v1.45/containers/ID/stop`.
   * @returns a promise for when the daemon has responded, and a function that passes the response on
   */
  haltAt(pattern: RegExp): { reached: Promise<void>; release: () => void } {
    const halt = { request: pattern, reached: Promise.withResolvers<void>(), released: Promise.withResolvers<void>() }
    this.#halt = halt
    return { reached: halt.reached.promise, release: halt.released.resolve }
  }

  /** Ends all connections and accepts no more, as a daemon that was killed. */
  async close(): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    await rm(this.#directory, { recursive: true, force: true })
  }
}
