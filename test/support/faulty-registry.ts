import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How a request fails. */
export type Fault =
  /** This response is sent instead of the registry's. */
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  /** There is no response until the client closes the connection. */
  | 'stall'
  /** The connection is closed after this many bytes of the request's body ("up") or the response's body ("down"). */
  | { readonly cutAfter: number; readonly direction: 'up' | 'down' }

/** A proxy in front of a registry that makes chosen requests fail. */
export class FaultyRegistry {
  /** Returns the fault of a request, or undefined; no request fails by default. */
  fault: (method: string, path: string) => Fault | undefined = () => undefined
  /** `METHOD path` of every request. */
  readonly requests: string[] = []
  readonly #registryHost: string
  readonly #server = createServer((request, response) => this.#serve(request, response))

  /** @param behind the real registry's `host:port` */
  constructor(registryHost: string) {
    this.#registryHost = registryHost
  }

  /** Starts to listen and returns `host:port`. @param port a free port by default */
  async listen(port = 0): Promise<string> {
    await once(this.#server.listen(port, '127.0.0.1'), 'listening')
    return `127.0.0.1:${portOf(this.#server.address())}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #serve(incoming: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '', headers } = incoming
    this.requests.push(`${method} ${url}`)
    incoming.socket.on('error', () => {})
    const fault = this.fault(method, url)
    if (fault === 'stall') return void incoming.resume()
    if (fault && 'status' in fault) {
      incoming.resume()
      return void response.writeHead(fault.status, fault.headers).end(fault.body)
    }
    const [host, port] = this.#registryHost.split(':')
    const forwarded = request({ host, port, method, path: url, headers, agent: false }, (upstream) => {
      response.writeHead(upstream.statusCode ?? 500, upstream.headers)
      if (fault?.direction !== 'down') return void upstream.pipe(response)
      forwardUntil(
        upstream,
        fault.cutAfter,
        (chunk) => response.write(chunk),
        () => incoming.socket.destroy(),
      )
    })
    forwarded.on('error', () => incoming.socket.destroy())
    if (fault?.direction !== 'up') return void incoming.pipe(forwarded)
    const closeConnections = () => {
      incoming.socket.destroy()
      forwarded.destroy()
    }
    forwardUntil(incoming, fault.cutAfter, (chunk) => forwarded.write(chunk), closeConnections)
  }
}

/** Forwards `limit` bytes, then calls `closeConnections`. */
function forwardUntil(
  from: IncomingMessage,
  limit: number,
  pass: (chunk: Buffer) => void,
  closeConnections: () => void,
): void {
  let left = limit
  from.on('error', () => {})
  from.on('data', (chunk: Buffer) => {
    pass(chunk.subarray(0, left))
    left -= chunk.length
    if (left > 0) return
    from.removeAllListeners('data')
    // The delay lets the forwarded bytes arrive first.
    setTimeout(closeConnections, 50)
  })
}

function portOf(address: AddressInfo | string | null): number {
  return address !== null && typeof address === 'object' ? address.port : 0
}
