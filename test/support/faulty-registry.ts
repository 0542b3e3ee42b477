import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What goes wrong with a request; undefined for nothing. */
export type Fault =
  /** A response in the registry's place. */
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> }
  /** The connection breaks after this many bytes of the body, on its way in or out. */
  | { readonly cutAfter: number; readonly direction: 'up' | 'down' }

/** A registry that stands in front of another one, and fails as it is told. */
export class FaultyRegistry {
  /** Asked for every request; by default nothing goes wrong. */
  fault: (method: string, path: string) => Fault | undefined = () => undefined
  /** `METHOD path` of everything it was asked. */
  readonly asked: string[] = []
  readonly #behind: string
  readonly #server = createServer((asked, response) => this.#serve(asked, response))

  /** @param behind the real registry's `host:port` */
  constructor(behind: string) {
    this.#behind = behind
  }

  /** Returns its own `host:port`. @param port a free one unless given */
  async listen(port = 0): Promise<string> {
    await once(this.#server.listen(port, '127.0.0.1'), 'listening')
    return `127.0.0.1:${portOf(this.#server.address())}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #serve(asked: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '', headers } = asked
    this.asked.push(`${method} ${url}`)
    asked.socket.on('error', () => {})
    const fault = this.fault(method, url)
    if (fault && 'status' in fault) {
      asked.resume()
      return void response.writeHead(fault.status, fault.headers).end(fault.body)
    }
    const [host, port] = this.#behind.split(':')
    const passed = request({ host, port, method, path: url, headers, agent: false }, (upstream) => {
      response.writeHead(upstream.statusCode ?? 500, upstream.headers)
      if (fault?.direction !== 'down') return void upstream.pipe(response)
      cut(
        upstream,
        fault.cutAfter,
        (chunk) => response.write(chunk),
        () => asked.socket.destroy(),
      )
    })
    passed.on('error', () => asked.socket.destroy())
    if (fault?.direction !== 'up') return void asked.pipe(passed)
    const breakOff = () => {
      asked.socket.destroy()
      passed.destroy()
    }
    cut(asked, fault.cutAfter, (chunk) => passed.write(chunk), breakOff)
  }
}

/** Passes on so many bytes, then breaks off. */
function cut(from: IncomingMessage, limit: number, pass: (chunk: Buffer) => void, breakOff: () => void): void {
  let left = limit
  from.on('error', () => {})
  from.on('data', (chunk: Buffer) => {
    pass(chunk.subarray(0, left))
    left -= chunk.length
    if (left > 0) return
    from.removeAllListeners('data')
    // What was passed on is to arrive first.
    setTimeout(breakOff, 50)
  })
}

function portOf(address: AddressInfo | string | null): number {
  return address !== null && typeof address === 'object' ? address.port : 0
}
