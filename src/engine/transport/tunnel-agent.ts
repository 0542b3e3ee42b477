import type { Agent, AgentOptions, RequestOptions } from 'node:https'
import type { Socket } from 'node:net'
import { type Duplex, PassThrough } from 'node:stream'
import type { ProxyServer } from '../../domain/context/proxy.ts'
import { http, loadHttps } from './node-http.ts'

type ConnectCallback = (error: Error | null, stream: Duplex) => void

/**
 * Returns an agent that connects to TLS servers through a proxy with CONNECT (RFC 9110 section 9.3.6), so the proxy sees
 * only the server's address.
 */
export function createTunnelAgent(proxy: ProxyServer, tls: AgentOptions): Agent {
  const { hostname, port, usesTls } = proxy
  const https = loadHttps()
  const agent = new https.Agent(tls)
  // node:http calls it for each new connection.
  agent.createConnection = (options: RequestOptions, connected: ConnectCallback = () => {}): undefined => {
    const name = options.host ?? ''
    const server = `${name.includes(':') ? `[${name}]` : name}:${options.port}`
    const headers = { Host: server, ...proxyHeaders(proxy) }
    const fail = (error: Error) => connected(error, new PassThrough())
    const connectRequest = { method: 'CONNECT', hostname, port, path: server, headers, agent: false }
    ;(usesTls ? https : http)
      .request(connectRequest)
      .on('connect', ({ statusCode, statusMessage }, socket: Socket) => {
        if (statusCode === 200) return connected(null, startTls(socket, options))
        socket.destroy()
        fail(new Error(statusMessage))
      })
      .on('response', ({ statusMessage }) => fail(new Error(statusMessage)))
      .on('error', fail)
      .end()
  }
  return agent
}

/** Starts TLS with the server over a socket that the proxy has connected to it. */
function startTls(socket: Socket, options: RequestOptions): Duplex {
  const { ca, cert, key, rejectUnauthorized, host, servername } = options
  const { connect } = process.getBuiltinModule('node:tls')
  return connect({ socket, ca, cert, key, rejectUnauthorized, host: host ?? '', ...(servername ? { servername } : {}) })
}

/** Returns the headers that a proxy needs: the credentials, if there are any. */
export function proxyHeaders({ authorization }: ProxyServer): Record<string, string> {
  return authorization === '' ? {} : { 'Proxy-Authorization': authorization }
}
