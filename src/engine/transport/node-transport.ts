import { once } from 'node:events'
import type { Agent, ClientRequest, IncomingMessage } from 'node:http'
import type { RequestOptions } from 'node:https'
import type { Endpoint, TlsMaterial } from '../../domain/context/endpoint.ts'
import { requestUrl } from './connection-error.ts'
import { http, https } from './node-http.ts'
import { RequestQueue } from './request-queue.ts'
import { SshAgent } from './ssh-agent.ts'
import { headOf, streamedResponse } from './streamed-response.ts'
import { proxyHeaders, TunnelAgent } from './tunnel-agent.ts'
import type { StreamedResponse, Upgrade, WireRequest } from './wire.ts'

/** Requests by node:http, to every kind of endpoint; connections are kept for the next one and never hold the process. */
export class NodeTransport {
  readonly #endpoint: Endpoint
  readonly #agent: Agent
  readonly #proxyAgent: Agent
  /** Only where a connection is costly. */
  readonly #queue: RequestQueue | undefined

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
    this.#agent = agentFor(endpoint)
    this.#proxyAgent = proxyAgentFor(endpoint) ?? this.#agent
    this.#queue = endpoint.address.kind === 'ssh' ? new RequestQueue() : undefined
  }

  /** Starts a request; the caller writes its body and listens for `response`, `upgrade` and `error`. */
  async open(request: WireRequest): Promise<ClientRequest> {
    const queue = this.#queue
    await queue?.enter()
    const sent = this.#start(request)
    if (queue) sent.once('response', () => queue.noteResponse()).once('close', () => queue.leave())
    // What breaks after the response, such as bytes behind its end, is nobody's concern; unheard it would end the process.
    return sent.on('error', () => {})
  }

  #start(request: WireRequest): ClientRequest {
    const { proxy, tls } = this.#endpoint
    if (!proxy) return this.#startDirectly(request, this.#agent)
    if (tls) return this.#startDirectly(request, this.#proxyAgent)
    const { host } = new URL(requestUrl(this.#endpoint, '/'))
    const { hostname, port, usesTls } = proxy
    const headers = { ...request.headers, Host: host, ...proxyHeaders(proxy) }
    const path = `http://${host}${request.path}`
    return (usesTls ? https : http).request({ ...request, hostname, port, path, headers, agent: this.#proxyAgent })
  }

  #startDirectly(request: WireRequest, agent: Agent): ClientRequest {
    const { address, tls } = this.#endpoint
    const options = { ...request, agent }
    if (address.kind === 'unix') {
      // Told that there is no server name, Node does not compile its pattern of IP addresses to find one.
      const onSocket: RequestOptions = { ...options, socketPath: address.path, servername: '' }
      return http.request(onSocket)
    }
    if (address.kind === 'ssh') return http.request({ ...options, host: 'docker.example.com' })
    const { hostname, port } = address
    return tls ? https.request({ ...options, hostname, port }) : http.request({ ...options, hostname, port })
  }

  /** One request with a small body, responded as it goes. */
  async respond(request: WireRequest, body: string | undefined): Promise<StreamedResponse> {
    const sent = await this.open(request)
    const responded = once(sent, 'response')
    sent.end(body)
    const [response]: IncomingMessage[] = await responded
    if (!response) throw new Error('no response')
    return streamedResponse(response)
  }

  /** Asks for raw bytes both ways; without a proxy in between, as docker does. */
  upgrade(request: WireRequest, body: string | Buffer | undefined): Promise<Upgrade | StreamedResponse> {
    const sent = this.#startDirectly(request, this.#agent).on('error', () => {})
    return new Promise((resolve, reject) => {
      sent
        .once('error', reject)
        .once('upgrade', (response, socket, head) => {
          if (head.length > 0) socket.unshift(head)
          resolve({ ...headOf(response), socket })
        })
        .once('response', (response) => {
          // A daemon that does not switch protocols may end the connection, so nothing else is asked over it.
          sent.shouldKeepAlive = false
          resolve(streamedResponse(response))
        })
        .end(body)
    })
  }

  /** Closes kept connections. Where they are ssh's, settles when its processes have ended. */
  async close(): Promise<void> {
    this.#proxyAgent.destroy()
    if (this.#agent instanceof SshAgent) await this.#agent.close()
    else this.#agent.destroy()
  }
}

function agentFor(endpoint: Endpoint): Agent {
  const { address, tls } = endpoint
  if (address.kind === 'ssh') return new SshAgent(address.destination)
  return tls ? new https.Agent(tlsOptions(tls)) : new http.Agent({ keepAlive: true })
}

function proxyAgentFor({ proxy, tls }: Endpoint): Agent | undefined {
  if (!proxy) return undefined
  if (tls) return new TunnelAgent(proxy, tlsOptions(tls))
  return proxy.usesTls ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true })
}

function tlsOptions({ ca, cert, key, verify }: TlsMaterial) {
  return {
    keepAlive: true,
    ...(ca ? { ca: Buffer.from(ca) } : {}),
    ...(cert ? { cert: Buffer.from(cert) } : {}),
    ...(key ? { key: Buffer.from(key) } : {}),
    rejectUnauthorized: verify,
  }
}
