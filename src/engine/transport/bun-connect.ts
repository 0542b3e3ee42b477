/** As much of Bun's own sockets as is used here; its types are not among our dependencies. */
export interface BunSocket {
  /** @returns how many bytes were taken */
  write(bytes: Uint8Array): number
  pause(): void
  resume(): void
  /** Says that nothing more will be written. */
  shutdown(): void
  /** Closes it once what was written has left. */
  end(): void
  /** Closes it at once. */
  terminate(): void
}

/** What Bun tells of a socket. */
export interface BunHandlers {
  open(socket: BunSocket): void
  data(socket: BunSocket, bytes: Uint8Array): void
  /** There is room to write again. */
  drain(socket: BunSocket): void
  /** The peer has said that nothing more will come. */
  end?(socket: BunSocket): void
  close(socket: BunSocket, failure?: Error): void
  error(socket: BunSocket, failure: Error): void
}

interface BunRuntime {
  connect(options: { unix: string; socket: BunHandlers; allowHalfOpen?: boolean }): Promise<BunSocket>
}

/**
 * Connects to a Unix socket. Bun's own sockets are there at once, where node:net takes longer to load than Bun takes to
 * start.
 * @param allowHalfOpen whether we may go on writing when the peer has nothing more to say
 * @throws Error with a code when nobody listens; TypeError where Bun does not run us
 */
export function connectInBun(socketPath: string, handlers: BunHandlers, allowHalfOpen = false): Promise<BunSocket> {
  return bun().connect({ unix: socketPath, socket: handlers, allowHalfOpen })
}

function bun(): BunRuntime {
  const runtime: unknown = Reflect.get(globalThis, 'Bun')
  if (isRuntime(runtime)) return runtime
  throw new TypeError('not run by Bun')
}

function isRuntime(value: unknown): value is BunRuntime {
  return typeof value === 'object' && value !== null && 'connect' in value && typeof value.connect === 'function'
}
