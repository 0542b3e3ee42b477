import { createServer, type Server, type Socket } from 'node:net'

/** The bytes that are sent in response to a request, and what happens to the connection then. */
export interface RawResponse {
  readonly bytes?: string
  readonly after?: 'end' | 'keep'
}

/** A valid response to `_ping`. */
export const PONG = 'HTTP/1.1 200 OK\r\nApi-Version: 1.50\r\nOstype: linux\r\nContent-Length: 0\r\n\r\n'

/** Returns a response with a body and Content-Length. @param head the status line and other headers */
export function response(head: string, body = ''): string {
  return `HTTP/1.1 ${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
}

/** A daemon that sends raw bytes, for responses that no HTTP server would send. */
export class RawDaemon {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  /** The request lines, without pings. */
  readonly requestLines: string[] = []

  /** @param reply returns the response to a request with this header section */
  constructor(reply: (head: string) => RawResponse) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => this.#sockets.delete(socket))
      let received = ''
      socket.on('data', (chunk) => {
        received += chunk.toString('latin1')
        for (;;) {
          const end = received.indexOf('\r\n\r\n')
          if (end < 0) return
          const head = received.slice(0, end)
          received = received.slice(end + 4)
          if (!head.includes('/_ping')) this.requestLines.push(head.split('\r\n', 1)[0] ?? '')
          const { bytes = '', after = 'keep' } = reply(head)
          if (after === 'end') socket.end(bytes, 'latin1')
          else socket.write(bytes, 'latin1')
        }
      })
    })
  }

  /** Listens on a Unix socket, or on a port of a host. @returns the port, or 0 for a socket */
  listen(target: string | { host: string }): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      const listening = () => {
        const address = this.#server.address()
        resolve(address !== null && typeof address === 'object' ? address.port : 0)
      }
      if (typeof target === 'string') this.#server.listen(target, listening)
      else this.#server.listen(0, target.host, listening)
    })
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
