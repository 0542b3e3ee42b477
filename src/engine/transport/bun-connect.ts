/** The part of Bun's socket that is used here. Bun's own types are not among our dependencies. */
export interface BunSocket {
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

/** The events of a Bun socket. */
export interface BunHandlers {
  open(socket: BunSocket): void
  data(socket: BunSocket, bytes: Uint8Array): void
  /** The socket accepts more bytes again. */
  drain(socket: BunSocket): void
  /** The peer has half-closed the connection. */
  end?(socket: BunSocket): void
  close(socket: BunSocket, failure?: Error): void
  error(socket: BunSocket, failure: Error): void
}

interface BunRuntime {
  connect(options: { unix: string; socket: BunHandlers; allowHalfOpen?: boolean }): Promise<BunSocket>
}

/**
 * Connects to a Unix socket with Bun's own API, because loading node:net takes longer than starting Bun.
 * @param allowHalfOpen whether the socket stays writable after the peer has half-closed it
 * @throws Error with a code when nothing listens; TypeError when the runtime is not Bun
 */
export function connectInBun(socketPath: string, handlers: BunHandlers, allowHalfOpen = false): Promise<BunSocket> {
  return bunRuntime().connect({ unix: socketPath, socket: handlers, allowHalfOpen })
}

function bunRuntime(): BunRuntime {
  const runtime: unknown = Reflect.get(globalThis, 'Bun')
  if (isRuntime(runtime)) return runtime
  throw new TypeError('the runtime is not Bun')
}

function isRuntime(value: unknown): value is BunRuntime {
  return typeof value === 'object' && value !== null && 'connect' in value && typeof value.connect === 'function'
}
