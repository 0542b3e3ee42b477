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
  /** The connections of tug's own HTTP client; undefined if node:http sends all requests. */
  readonly #pool: ConnectionPool | undefined
  /** Whether TLS could not be established, so that node:http sends the requests from then on. */
  #hasHandshakeFailed = false
  #node: Promise<NodeTransport> | undefined

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
    const { address, tls, proxy } = endpoint
    // In Node, node:http is used over TCP.
    const isTcp = address.kind === 'tcp' && proxy === undefined && bunSockets() !== undefined
    this.#pool = address.kind === 'unix' || isTcp ? new ConnectionPool(address, tls) : undefined
  }

  /**
   * Sends a request whose body is streamed and returns the response, whose body is streamed too.
   * @param body the bytes of a piece may change once the next piece is requested
   * @throws UploadError when the body cannot be read
   */
  upload(request: WireRequest, body: AsyncIterable<Uint8Array>): Promise<StreamedResponse> {
    return this.#send(
      request,
      async (pool, sent) => {
        const { uploadOverSocket } = await import('./socket-upload.ts')
        return uploadOverSocket(pool, sent, body)
      },
      (node) => node.upload(request, body),
    )
  }

  /** Sends a request with a small body and returns the response, whose body is streamed. */
  stream(request: WireRequest, body: string | Buffer | undefined): Promise<StreamedResponse> {
    return this.#send(
      request,
      (pool, sent) => pool.request(sent, body),
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
      request,
      async (pool, sent) => {
        const { upgradeOverSocket } = await import('./socket-upgrade.ts')
        return upgradeOverSocket(pool, sent, body)
      },
      (node) => node.upgrade(request, body),
    )
  }

  /** Sends a request with tug's own HTTP client, which needs a `Host` header over TCP, or with node:http. */
  #send<T>(
    request: WireRequest,
    overSocket: (pool: ConnectionPool, request: WireRequest) => Promise<T>,
    inNode: (node: NodeTransport) => Promise<T>,
  ): Promise<T> {
    const { address, tls } = this.#endpoint
    if (!this.#pool || this.#hasHandshakeFailed) return this.#nodeTransport().then(inNode)
    const sent =
      address.kind === 'tcp' ? { ...request, headers: { Host: address.authority, ...request.headers } } : request
    const response = overSocket(this.#pool, sent)
    if (tls === undefined) return response
    return response.catch((error: unknown) => {
      if (!(error instanceof HandshakeError)) throw error
      // Nothing was sent. The error of node:tls has the details that docker prints.
      this.#hasHandshakeFailed = true
      return this.#nodeTransport().then(inNode)
    })
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
    if (this.#pool && !this.#hasHandshakeFailed) {
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
