import type { RequestOptions } from 'node:https'
import type { Socket } from 'node:net'
import { type Duplex, PassThrough } from 'node:stream'
import type { ProxyServer } from '../../domain/context/proxy.ts'
import { http, https } from './node-http.ts'

type Connected = (error: Error | null, stream: Duplex) => void

/** Reaches a server with TLS through a proxy, which learns nothing but the server's name. */
export class TunnelAgent extends https.Agent {
  readonly #proxy: ProxyServer

  constructor(proxy: ProxyServer, options: ConstructorParameters<typeof https.Agent>[0]) {
    super(options)
    this.#proxy = proxy
  }

  /** Called for each new connection. */
  override createConnection(options: RequestOptions, connected: Connected = () => {}): undefined {
    const { hostname, port, usesTls } = this.#proxy
    const name = options.host ?? ''
    const server = `${name.includes(':') ? `[${name}]` : name}:${options.port}`
    const headers = { Host: server, ...proxyHeaders(this.#proxy) }
    const fail = (error: Error) => connected(error, new PassThrough())
    const wanted = { method: 'CONNECT', hostname, port, path: server, headers, agent: false }
    ;(usesTls ? https : http)
      .request(wanted)
      .on('connect', ({ statusCode, statusMessage }, socket: Socket) => {
        if (statusCode === 200) return connected(null, secured(socket, options))
        socket.destroy()
        fail(new Error(statusMessage))
      })
      .on('response', ({ statusMessage }) => fail(new Error(statusMessage)))
      .on('error', fail)
      .end()
  }
}

/** TLS to the server over a socket that leads to it. */
function secured(socket: Socket, options: RequestOptions): Duplex {
  const { ca, cert, key, rejectUnauthorized, host, servername } = options
  const { connect } = process.getBuiltinModule('node:tls')
  return connect({ socket, ca, cert, key, rejectUnauthorized, host: host ?? '', ...(servername ? { servername } : {}) })
}

/** What a proxy is to know of us. */
export function proxyHeaders({ authorization }: ProxyServer): Record<string, string> {
  return authorization === '' ? {} : { 'Proxy-Authorization': authorization }
}
