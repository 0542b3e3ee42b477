import type { SocketAddress, TlsMaterial } from '../../domain/context/endpoint.ts'
import { serverName, tlsOptions } from './tls-options.ts'

/** The time in milliseconds without data after which the kernel probes a TCP connection. It is that of Go's dialer. */
const KEEP_ALIVE_MS = 15_000

/** The part of a connected socket that is used here, for Bun's sockets and Node's. */
export interface RawSocket {
  /** @returns the number of bytes that were accepted */
  write(bytes: Uint8Array): number
  pause(): void
  resume(): void
  /** Half-closes the socket: nothing more will be written. */
  shutdown(): void
  /** Closes the socket once everything written has been sent. */
  end(): void
  /** Closes the socket immediately. */
  terminate(): void
  /** Passes later events to other handlers. Node's sockets do not have it. */
  reload?(options: { socket: SocketHandlers }): unknown
}

/** The events of a socket. */
export interface SocketHandlers {
  /** The socket is connected. TLS may not be established yet, but the socket can be closed. */
  open(socket: RawSocket): void
  data(socket: RawSocket, bytes: Uint8Array): void
  /** The socket accepts more bytes again. */
  drain(socket: RawSocket): void
  /** The peer has half-closed the connection. */
  end(socket: RawSocket): void
  close(socket: RawSocket, failure?: Error): void
  error(socket: RawSocket, failure: Error): void
}

/** A socket of Bun's. */
interface BunSocket extends RawSocket {
  setKeepAlive(isOn: boolean, milliseconds: number): unknown
}

/** The events of Bun's sockets. */
interface BunHandlers extends SocketHandlers {
  /** TLS is established, or the daemon cannot be trusted. */
  handshake?(socket: BunSocket, isTrusted: boolean, failure: Error | null): void
}

/** The part of Bun's API that is used here. Bun's own types are not among our dependencies. */
interface BunSockets {
  connect(
    options: ({ unix: string } | { hostname: string; port: number; tls?: object }) & {
      socket: BunHandlers
      allowHalfOpen?: boolean
    },
  ): Promise<BunSocket>
}

/** TLS could not be established, and nothing was sent. The cause lacks details that docker prints. */
export class HandshakeError extends Error {}

/**
 * Connects to a socket without node:http, which takes Node as long to load as to start. In Bun, that is also true of
 * node:net, so Bun's own API is used there. In Node it is for Unix sockets and requests with a small body, because what is
 * written is held in memory.
 * @throws Error with a code when nothing listens; HandshakeError
 */
export function connectRawSocket(
  address: SocketAddress,
  handlers: SocketHandlers,
  tls?: TlsMaterial,
): Promise<RawSocket> {
  const bun = bunSockets()
  if (bun === undefined) return connectInNode(address, handlers)
  if (address.kind === 'unix') return bun.connect({ unix: address.path, socket: handlers, allowHalfOpen: true })
  const { hostname, port } = address
  const secured = tls && { tls: { ...tlsOptions(tls), serverName: serverName(hostname) } }
  const connect = (socket: BunHandlers) => bun.connect({ hostname, port, allowHalfOpen: true, ...secured, socket })
  const connected = tls ? connectWithTls(connect, handlers) : connect(handlers)
  return connected.then((socket) => {
    socket.setKeepAlive(true, KEEP_ALIVE_MS)
    return socket
  })
}

/** Connects, and waits for the end of the handshake. Until then the handlers get no event but `open`. */
function connectWithTls(
  connect: (handlers: BunHandlers) => Promise<BunSocket>,
  handlers: SocketHandlers,
): Promise<BunSocket> {
  return new Promise((resolve, reject) => {
    let isEstablished = false
    const fail = (cause?: Error | null) => reject(new HandshakeError('the TLS handshake failed', { cause }))
    connect({
      open: (socket) => handlers.open(socket),
      handshake(socket, isTrusted, failure) {
        if (!isTrusted) {
          fail(failure)
          return socket.terminate()
        }
        isEstablished = true
        resolve(socket)
      },
      data: (socket, bytes) => handlers.data(socket, bytes),
      drain: (socket) => (isEstablished ? handlers.drain(socket) : undefined),
      end: (socket) => (isEstablished ? handlers.end(socket) : socket.terminate()),
      close: (socket, failure) => (isEstablished ? handlers.close(socket, failure) : fail(failure)),
      error: (socket, failure) => (isEstablished ? handlers.error(socket, failure) : fail(failure)),
    }).catch(reject)
  })
}

/** Returns Bun's API for sockets; undefined in Node. */
export function bunSockets(): BunSockets | undefined {
  const runtime: unknown = Reflect.get(globalThis, 'Bun')
  return isBun(runtime) ? runtime : undefined
}

function isBun(value: unknown): value is BunSockets {
  return typeof value === 'object' && value !== null && 'connect' in value && typeof value.connect === 'function'
}

/** Returns the path of a Unix socket. In Node, all other connections use node:http. */
export function socketPath(address: SocketAddress): string {
  if (address.kind !== 'unix') throw new TypeError('in Node, node:http connects over TCP')
  return address.path
}

/** Everything that is written is accepted at once, and held in memory. */
function connectInNode(address: SocketAddress, handlers: SocketHandlers): Promise<RawSocket> {
  const connection = process.getBuiltinModule('node:net').connect({ path: socketPath(address) })
  const socket: RawSocket = {
    write(bytes) {
      connection.write(bytes)
      return bytes.length
    },
    pause: () => connection.pause(),
    resume: () => connection.resume(),
    shutdown: () => connection.end(),
    end: () => connection.destroySoon(),
    terminate: () => connection.destroy(),
  }
  return new Promise((resolve, reject) => {
    connection.once('error', reject).once('connect', () => {
      connection
        .off('error', reject)
        .on('error', (error) => handlers.error(socket, error))
        .on('data', (bytes) => handlers.data(socket, bytes))
        .on('close', () => handlers.close(socket))
      handlers.open(socket)
      resolve(socket)
    })
  })
}
