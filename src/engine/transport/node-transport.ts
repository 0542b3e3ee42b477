import { once } from 'node:events'
import type { Agent, ClientRequest, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Endpoint } from '../../domain/context/endpoint.ts'
import { toBytes } from '../../domain/go/bytes.ts'
import { requestUrl } from './connection-error.ts'
import { http, loadHttps } from './node-http.ts'
import { RequestQueue } from './request-queue.ts'
import { SpareConnections } from './spare-connections.ts'
import { SshAgent } from './ssh-agent.ts'
import { headOf, toStreamedResponse } from './streamed-response.ts'
import { tlsOptions } from './tls-options.ts'
import { createTunnelAgent, proxyHeaders } from './tunnel-agent.ts'
import {
  type RawConnection,
  type Refusal,
  type StreamedResponse,
  type Upgrade,
  UploadError,
  type WireRequest,
} from './wire.ts'

/**
 * Sends requests with node:http, over TCP, TLS and ssh. Connections are reused, and idle ones do not keep the process
 * alive.
 */
export class NodeTransport {
  readonly #endpoint: Endpoint
  readonly #agent: Agent
  readonly #proxyAgent: Agent
  /** Set for ssh only, where each connection is expensive. */
  readonly #queue: RequestQueue | undefined
  /** Settles when the first request has a connection; with ssh, when the first response has arrived. */
  readonly #connected = Promise.withResolvers<void>()
  #spare: SpareConnections | undefined
  #isClosed = false

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
    this.#agent = createAgent(endpoint)
    this.#proxyAgent = createProxyAgent(endpoint) ?? this.#agent
    this.#queue = endpoint.address.kind === 'ssh' ? new RequestQueue() : undefined
  }

  /** Starts a request, whose body is not written yet. */
  async #open(request: WireRequest): Promise<ClientRequest> {
    const queue = this.#queue
    await queue?.enter()
    const clientRequest = this.#start(request)
    if (queue) clientRequest.once('response', () => queue.recordResponse()).once('close', () => queue.leave())
    clientRequest.once(queue ? 'response' : 'socket', this.#connected.resolve)
    if (request.method === 'HEAD') keepConnectionAfterHead(clientRequest)
    // Errors after the response, such as extra bytes after its end, do not matter. Without a listener they would end
    // the process.
    return clientRequest
      .on('error', () => {})
      .once('upgrade', (response, socket) => {
        // The daemon switches protocols although it was not requested. That is a response like any other, without a body.
        socket.destroy()
        response.push(null)
        clientRequest.emit('response', response)
      })
  }

  /**
   * Opens connections for requests that will be sent at the same time, besides the connection of the first request. With
   * ssh, that has to be usable before others can share it.
   */
  async openSpareConnections(count: number): Promise<void> {
    await this.#connected.promise
    // A command that has failed meanwhile closes its connections. Another one would keep the process alive.
    if (this.#isClosed) return
    this.#spare ??= new SpareConnections(this.#agent, this.#endpoint)
    this.#spare.open(count)
  }

  #start(request: WireRequest): ClientRequest {
    const { proxy, tls } = this.#endpoint
    if (!proxy) return this.#startDirectly(request, this.#agent)
    if (tls) return this.#startDirectly(request, this.#proxyAgent)
    const { host } = new URL(requestUrl(this.#endpoint, '/'))
    const { hostname, port, usesTls } = proxy
    const headers = { ...bytesOf(request.headers), Host: host, ...proxyHeaders(proxy) }
    const path = `http://${host}${request.path}`
    return (usesTls ? loadHttps() : http).request({
      ...request,
      hostname,
      port,
      path,
      headers,
      agent: this.#proxyAgent,
    })
  }

  #startDirectly(request: WireRequest, agent: Agent): ClientRequest {
    const { address, tls } = this.#endpoint
    const options = { ...request, headers: bytesOf(request.headers), agent }
    if (address.kind !== 'tcp') return http.request({ ...options, host: 'docker.example.com' })
    const { hostname, port } = address
    return (tls ? loadHttps() : http).request({ ...options, hostname, port })
  }

  /**
   * Sends a request whose body is streamed and returns the response, whose body is streamed too.
   * @param body the bytes of a piece may change once the next piece is requested
   * @throws UploadError when the body cannot be read
   */
  async upload(request: WireRequest, body: AsyncIterable<Uint8Array>): Promise<StreamedResponse> {
    const clientRequest = await this.#open(request)
    const { Readable } = process.getBuiltinModule('node:stream')
    const source = Readable.from(copies(body), { objectMode: false })
    return new Promise((resolve, reject) => {
      clientRequest
        .once('error', reject)
        .once('response', (response) => resolve(toStreamedResponse(response)))
        .once('close', () => source.destroy())
      source.once('error', (error) => {
        // The user must see the error of the source, not that of the connection that is closed because of it.
        reject(new UploadError('the source of the upload failed', { cause: error }))
        clientRequest.destroy()
      })
      source.pipe(clientRequest)
    })
  }

  /** Sends a request with a small body and returns the response, whose body is streamed. */
  async stream(request: WireRequest, body: string | Buffer | undefined): Promise<StreamedResponse> {
    const clientRequest = await this.#open(request)
    const responseEvent = once(clientRequest, 'response')
    clientRequest.end(body)
    const [response]: IncomingMessage[] = await responseEvent
    if (!response) throw new Error('no response')
    return toStreamedResponse(response)
  }

  /** Sends a request for a raw stream. Like docker, it does not use a proxy. */
  upgrade(request: WireRequest, body: string | Buffer | undefined): Promise<Upgrade | Refusal> {
    const clientRequest = this.#startDirectly(request, this.#agent).on('error', () => {})
    return new Promise((resolve, reject) => {
      clientRequest
        .once('error', reject)
        .once('upgrade', (response, socket, head) => {
          if (head.length > 0) socket.unshift(head)
          resolve({ ...headOf(response), socket, finish: () => finish(socket) })
        })
        .once('response', (response) => {
          // A daemon that does not switch protocols may close the connection, so it is not reused.
          clientRequest.shouldKeepAlive = false
          resolve({ ...toStreamedResponse(response), close: () => response.destroy() })
        })
        .end(body)
    })
  }

  /** Connects to the daemon without sending anything. Like docker, it does not use a proxy. */
  async connect(): Promise<RawConnection> {
    if (this.#agent instanceof SshAgent) return { socket: this.#agent.createConnection(), name: 'ssh' }
    const { connectSocket } = await import('./connect-socket.ts')
    return connectSocket(this.#endpoint)
  }

  /** Closes idle connections. With ssh, it settles when the ssh processes have exited. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#spare?.close()
    this.#proxyAgent.destroy()
    if (this.#agent instanceof SshAgent) await this.#agent.close()
    else this.#agent.destroy()
  }
}

/** Returns headers whose values node:http sends as UTF-8, as Go's client does: it sends one byte for each character. */
function bytesOf(headers: WireRequest['headers']): WireRequest['headers'] {
  const encode = (value: string) => Buffer.from(toBytes(value)).toString('latin1')
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      if (typeof value === 'string') return [name, encode(value)]
      return [name, Array.isArray(value) ? value.map(encode) : value]
    }),
  )
}

/** Ends our side of a hijacked connection. It loads the code for this on demand, because only detaching needs it. */
async function finish(socket: Duplex): Promise<void> {
  const { finishWriting } = await import('./finish-writing.ts')
  return finishWriting(socket, false)
}

/** Yields copies of pieces: node:http may still hold a piece when the next one is read. */
async function* copies(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece)
}

/**
 * Keeps the connection after the response to HEAD. Node's parser takes a response without a length for one that ends with
 * the connection, although a response to HEAD has no body (RFC 9112 section 6.3).
 */
function keepConnectionAfterHead(clientRequest: ClientRequest): void {
  clientRequest.once('response', ({ httpVersion, headers }) => {
    clientRequest.shouldKeepAlive = httpVersion === '1.1' && headers.connection !== 'close'
  })
}

function createAgent(endpoint: Endpoint): Agent {
  const { address, tls, sshCommand = '' } = endpoint
  if (address.kind === 'ssh') return new SshAgent(address.destination, sshCommand)
  return tls ? new (loadHttps().Agent)({ keepAlive: true, ...tlsOptions(tls) }) : new http.Agent({ keepAlive: true })
}

function createProxyAgent({ proxy, tls }: Endpoint): Agent | undefined {
  if (!proxy) return undefined
  if (tls) return createTunnelAgent(proxy, { keepAlive: true, ...tlsOptions(tls) })
  return new (proxy.usesTls ? loadHttps() : http).Agent({ keepAlive: true })
}
