import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'

/** How clients reach the proxy. It listens on a free port of the loopback interface, or on a Unix socket behind sshd. */
export type Way =
  | { readonly kind: 'tcp' }
  | { readonly kind: 'tls'; readonly identity: TlsOptions }
  | { readonly kind: 'ssh'; readonly socketPath: string }

/**
 * How long what the daemon sends is held back, in milliseconds. It must be longer than a client takes to send what it
 * sends at the same time, and to start an ssh process.
 */
const DELAYS = { tcp: 60, tls: 60, ssh: 400 } as const

/** The round trips until a new connection can be used: TCP's handshake, and with TLS also that of TLS 1.3. */
const OPENING_TRIPS = { tcp: 1, tls: 2, ssh: 1 } as const

interface Connection {
  readonly client: Socket
  readonly daemon: Socket
  /** The round trips that are left until the connection is open. */
  openingTrips: number
  /** What the client has sent before the connection was open. */
  readonly early: (() => void)[]
  /** What the daemon has sent and the client has not received. */
  readonly held: (() => void)[]
}

/**
 * Puts a daemon far away, and counts the round trips that a client waits for: how often it sends something after it has
 * received something. What the daemon sends is held back and delivered on all connections together, so the count does not
 * depend on times, unless a client is slower than the delay. That can only make the count too high.
 */
export class RoundTripProxy {
  readonly port: number
  readonly #server: Server
  readonly #daemonPath: string
  readonly #kind: Way['kind']
  readonly #connections = new Set<Connection>()
  #timer: NodeJS.Timeout | undefined
  #hasDelivered = true
  #roundTrips = 0

  private constructor(server: Server, port: number, daemonPath: string, kind: Way['kind']) {
    this.#server = server
    this.port = port
    this.#daemonPath = daemonPath
    this.#kind = kind
  }

  /** @param daemonPath the daemon's Unix socket */
  static async open(daemonPath: string, way: Way): Promise<RoundTripProxy> {
    const options = { allowHalfOpen: true }
    const server = way.kind === 'tls' ? createTlsServer({ ...way.identity, ...options }) : createServer(options)
    if (way.kind === 'ssh') server.listen(way.socketPath)
    else server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const proxy = new RoundTripProxy(server, port, daemonPath, way.kind)
    server.on(way.kind === 'tls' ? 'secureConnection' : 'connection', (client: Socket) => proxy.#accept(client))
    return proxy
  }

  /** Returns the number of round trips since the last call. */
  takeCount(): number {
    const roundTrips = this.#roundTrips
    this.#roundTrips = 0
    this.#hasDelivered = true
    return roundTrips
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#server.close()
    for (const { client, daemon } of this.#connections) {
      client.destroy()
      daemon.destroy()
    }
  }

  #accept(client: Socket): void {
    const daemon = connect({ path: this.#daemonPath, allowHalfOpen: true })
    const connection: Connection = { client, daemon, openingTrips: OPENING_TRIPS[this.#kind], early: [], held: [] }
    this.#connections.add(connection)
    this.#recordSending()
    client
      .on('data', (bytes) => {
        this.#forward(connection, () => {
          this.#recordSending()
          daemon.write(bytes)
        })
      })
      .on('end', () => this.#forward(connection, () => daemon.end()))
      .on('error', () => daemon.destroy())
      .on('close', () => {
        this.#connections.delete(connection)
        daemon.destroy()
      })
    daemon
      .on('data', (bytes) => this.#hold(connection, () => client.write(bytes)))
      .on('end', () => this.#hold(connection, () => client.end()))
      .on('error', () => this.#hold(connection, () => client.destroy()))
    this.#scheduleDelivery()
  }

  /** Forwards what the client has sent as soon as the connection is open. */
  #forward({ openingTrips, early }: Connection, send: () => void): void {
    if (openingTrips > 0) early.push(send)
    else send()
  }

  /** Counts a round trip if the client has received something before. What is held back waits for what it sends now. */
  #recordSending(): void {
    if (this.#hasDelivered) this.#roundTrips++
    this.#hasDelivered = false
    if (this.#timer) this.#scheduleDelivery()
  }

  #hold({ held }: Connection, deliver: () => void): void {
    held.push(deliver)
    if (!this.#timer) this.#scheduleDelivery()
  }

  #scheduleDelivery(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#deliver(), DELAYS[this.#kind])
  }

  /** Ends a round trip: the client gets everything that is held back, and each new connection gets a step further. */
  #deliver(): void {
    this.#timer = undefined
    this.#hasDelivered = true
    const opening = [...this.#connections].filter(({ openingTrips }) => openingTrips > 0)
    for (const { held } of this.#connections) for (const deliver of held.splice(0)) deliver()
    for (const connection of opening) {
      connection.openingTrips--
      if (connection.openingTrips === 0) for (const send of connection.early.splice(0)) send()
      else this.#recordSending()
    }
    if (opening.some(({ openingTrips }) => openingTrips > 0) && !this.#timer) this.#scheduleDelivery()
  }
}
