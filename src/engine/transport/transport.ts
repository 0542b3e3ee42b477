import type { Endpoint } from '../../domain/context/endpoint.ts'
import { ConnectionPool } from './connection-pool.ts'
import type { NodeTransport } from './node-transport.ts'
import { bunSockets, HandshakeError } from './raw-socket.ts'
import {
  type RawConnection,
  type Refusal,
  type StreamedResponse,
  type Upgrade,
  unixConnectionName,
  type WireRequest,
} from './wire.ts'

/**
 * Sends requests to one endpoint. Loading node:http takes longer than starting, and most commands need nothing but a socket.
 * So node:http is only loaded for ssh, for a proxy, and for TCP in Node.
 */
export class Transport {
  readonly #endpoint: Endpoint
  /** The connections of requests with a small body; undefined if node:http has to send them. */
  #pool: ConnectionPool | undefined
  #node: Promise<NodeTransport> | undefined

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
    this.#pool = createPool(endpoint)
  }

  /**
   * Sends a request whose body is streamed and returns the response, whose body is streamed too.
   * @param body the bytes of a piece may change once the next piece is requested
   * @throws UploadError when the body cannot be read
   */
  upload(request: WireRequest, body: AsyncIterable<Uint8Array>): Promise<StreamedResponse> {
    return this.#send(
      async (pool) => {
        const { uploadOverSocket } = await import('./socket-upload.ts')
        return uploadOverSocket(pool, this.#withHost(request), body)
      },
      (node) => node.upload(request, body),
    )
  }

  /** Sends a request with a small body and returns the response, whose body is streamed. */
  stream(request: WireRequest, body: string | Buffer | undefined): Promise<StreamedResponse> {
    return this.#send(
      (pool) => pool.request(this.#withHost(request), body),
      (node) => {
        const response = node.stream(request, body)
        request.onSent?.()
        return response
      },
    )
  }

  /** Sends a request for a raw stream. @returns the stream, or the response of a daemon that refuses */
  upgrade(request: WireRequest, body: string | Buffer | undefined): Promise<Upgrade | Refusal> {
    return this.#send(
      async (pool) => {
        const { upgradeOverSocket } = await import('./socket-upgrade.ts')
        return upgradeOverSocket(pool, this.#withHost(request), body)
      },
      (node) => node.upgrade(request, body),
    )
  }

  #send<T>(overSocket: (pool: ConnectionPool) => Promise<T>, inNode: (node: NodeTransport) => Promise<T>): Promise<T> {
    if (!this.#pool) return this.#nodeTransport().then(inNode)
    const response = overSocket(this.#pool)
    if (this.#endpoint.tls === undefined) return response
    return response.catch((error: unknown) => {
      if (!(error instanceof HandshakeError)) throw error
      // Nothing was sent. node:tls tells why the daemon cannot be trusted, in all the detail that docker prints.
      this.#pool = undefined
      return this.#nodeTransport().then(inNode)
    })
  }

  /** Adds the header that names the daemon. That of a Unix socket has no name. */
  #withHost(request: WireRequest): WireRequest {
    const { address } = this.#endpoint
    if (address.kind !== 'tcp') return request
    return { ...request, headers: { Host: address.authority, ...request.headers } }
  }

  /** Connects to the daemon without sending anything. The connection can be half-closed. */
  async connect(): Promise<RawConnection> {
    const { address } = this.#endpoint
    if (address.kind !== 'unix' || !this.#pool) return (await this.#nodeTransport()).connect()
    const { connectDuplex } = await import('./socket-duplex.ts')
    return { socket: await connectDuplex(this.#pool), name: unixConnectionName(address.path) }
  }

  /**
   * Prepares for requests that will be sent at the same time as others, `upgrade` among them: loads its modules, and opens
   * connections to a daemon that may be far away.
   * @param connections how many connections are needed besides the first one
   */
  prepareUpgrade(connections: number): void {
    if (this.#pool) {
      void import('./socket-upgrade.ts')
      if (bunSockets() === undefined) void import('./node-stream-upgrade.ts')
    }
    if (this.#endpoint.address.kind !== 'unix') this.#openConnections(connections)
  }

  /**
   * Opens a connection for another request that will be sent at the same time, over TCP only: a Unix socket is near, and
   * ssh limits the number of its connections.
   */
  prepareRequest(): void {
    if (this.#endpoint.address.kind === 'tcp') this.#openConnections(1)
  }

  #openConnections(count: number): void {
    if (this.#endpoint.proxy) return
    if (this.#pool) {
      for (let opened = 0; opened < count; opened++) this.#pool.prepare()
      return
    }
    const opened = this.#nodeTransport().then((node) => node.openSpareConnections(count))
    // What keeps a connection from being opened is reported by the request that needs it.
    opened.catch(() => {})
  }

  /** Closes connections, so that the process can exit. */
  async close(): Promise<void> {
    this.#pool?.close()
    const node = await this.#node
    await node?.close()
  }

  #nodeTransport(): Promise<NodeTransport> {
    this.#node ??= import('./node-transport.ts').then((module) => new module.NodeTransport(this.#endpoint))
    return this.#node
  }
}

/**
 * Returns the pool of an endpoint; undefined for ssh, for a proxy, and for TCP in Node, which needs node:tls for TLS and
 * loads node:http in the same time.
 */
function createPool({ address, tls, proxy }: Endpoint): ConnectionPool | undefined {
  if (address.kind === 'unix') return new ConnectionPool(address)
  if (address.kind === 'ssh' || proxy !== undefined || bunSockets() === undefined) return undefined
  return new ConnectionPool(address, tls)
}
