import type { Endpoint } from '../../domain/context/endpoint.ts'
import type { NodeTransport } from './node-transport.ts'
import { UnixConnections } from './unix-request.ts'
import { bunSockets } from './unix-socket.ts'
import {
  type RawConnection,
  type Refusal,
  type StreamedResponse,
  type Upgrade,
  unixConnectionName,
  type WireRequest,
} from './wire.ts'

/**
 * Sends requests to one endpoint. Loading node:http takes longer than starting, and most commands that use a Unix socket
 * need nothing but a socket. So node:http is only loaded for TCP, TLS and ssh.
 */
export class Transport {
  readonly #endpoint: Endpoint
  #node: Promise<NodeTransport> | undefined
  #connections: UnixConnections | undefined

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
  }

  /**
   * Sends a request whose body is streamed and returns the response, whose body is streamed too.
   * @param body the bytes of a piece may change once the next piece is requested
   * @throws UploadError when the body cannot be read
   */
  async upload(request: WireRequest, body: AsyncIterable<Uint8Array>): Promise<StreamedResponse> {
    const { address } = this.#endpoint
    if (address.kind !== 'unix') return (await this.#nodeTransport()).upload(request, body)
    const { uploadOverSocket } = await import('./unix-upload.ts')
    return uploadOverSocket(address.path, request, body)
  }

  /** Sends a request with a small body and returns the response, whose body is streamed. */
  stream(request: WireRequest, body: string | Buffer | undefined): Promise<StreamedResponse> {
    const { address } = this.#endpoint
    if (address.kind === 'unix') return this.#unixConnections(address.path).request(request, body)
    return this.#nodeTransport().then((node) => {
      const response = node.stream(request, body)
      request.onSent?.()
      return response
    })
  }

  /** Sends a request for a raw stream. @returns the stream, or the response of a daemon that refuses */
  async upgrade(request: WireRequest, body: string | Buffer | undefined): Promise<Upgrade | Refusal> {
    const { address } = this.#endpoint
    if (address.kind !== 'unix') return (await this.#nodeTransport()).upgrade(request, body)
    const { upgradeOverSocket } = await import('./socket-upgrade.ts')
    return upgradeOverSocket(address.path, request, body)
  }

  /** Connects to the daemon without sending anything. The connection can be half-closed. */
  async connect(): Promise<RawConnection> {
    const { address } = this.#endpoint
    if (address.kind !== 'unix') return (await this.#nodeTransport()).connect()
    const { connectDuplex } = await import('./unix-duplex.ts')
    return { socket: await connectDuplex(address.path), name: unixConnectionName(address.path) }
  }

  /**
   * Prepares for requests that will be sent at the same time as others, `upgrade` among them: loads its modules, and opens
   * connections to a daemon that may be far away.
   * @param connections how many connections are needed besides the first one
   */
  prepareUpgrade(connections: number): void {
    if (this.#endpoint.address.kind === 'unix') {
      void import('./socket-upgrade.ts')
      if (bunSockets() === undefined) void import('./node-stream-upgrade.ts')
    } else this.#openConnections(connections)
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
    const opened = this.#nodeTransport().then((node) => node.openSpareConnections(count))
    // What keeps a connection from being opened is reported by the request that needs it.
    opened.catch(() => {})
  }

  /** Closes connections, so that the process can exit. */
  async close(): Promise<void> {
    const { address } = this.#endpoint
    if (address.kind === 'unix') this.#unixConnections(address.path).close()
    const node = await this.#node
    await node?.close()
  }

  #unixConnections(path: string): UnixConnections {
    this.#connections ??= new UnixConnections(path)
    return this.#connections
  }

  #nodeTransport(): Promise<NodeTransport> {
    this.#node ??= import('./node-transport.ts').then((module) => new module.NodeTransport(this.#endpoint))
    return this.#node
  }
}
