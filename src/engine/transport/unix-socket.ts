/** The part of a connected socket that is used here, for Bun's sockets and Node's. */
export interface UnixSocket {
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
}

/** The events of a socket. */
export interface SocketHandlers {
  open(socket: UnixSocket): void
  data(socket: UnixSocket, bytes: Uint8Array): void
  /** The socket accepts more bytes again. */
  drain(socket: UnixSocket): void
  /** The peer has half-closed the connection. */
  end?(socket: UnixSocket): void
  close(socket: UnixSocket, failure?: Error): void
  error(socket: UnixSocket, failure: Error): void
}

/** The part of Bun's API that is used here. Bun's own types are not among our dependencies. */
interface BunSockets {
  connect(options: { unix: string; socket: SocketHandlers; allowHalfOpen?: boolean }): Promise<UnixSocket>
}

/**
 * Connects to a Unix socket without node:http, which takes Node as long to load as to start. In Bun, that is also true of
 * node:net, so Bun's own API is used there. It is for requests with a small body.
 * @throws Error with a code when nothing listens
 */
export function connectUnixSocket(socketPath: string, handlers: SocketHandlers): Promise<UnixSocket> {
  return bunSockets()?.connect({ unix: socketPath, socket: handlers }) ?? connectInNode(socketPath, handlers)
}

/** Returns Bun's API for sockets; undefined in Node. */
export function bunSockets(): BunSockets | undefined {
  const runtime: unknown = Reflect.get(globalThis, 'Bun')
  return isBun(runtime) ? runtime : undefined
}

function isBun(value: unknown): value is BunSockets {
  return typeof value === 'object' && value !== null && 'connect' in value && typeof value.connect === 'function'
}

/** Everything that is written is accepted at once, and held in memory. */
function connectInNode(path: string, handlers: SocketHandlers): Promise<UnixSocket> {
  const connection = process.getBuiltinModule('node:net').connect({ path })
  const socket: UnixSocket = {
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
