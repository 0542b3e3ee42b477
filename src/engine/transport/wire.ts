/** The types of what goes over a connection to the daemon: requests, responses and hijacked connections. */
import type { Duplex } from 'node:stream'

/** The time in milliseconds that a daemon has to close a raw stream after our side. dockerd does so immediately. */
export const CLOSE_TIMEOUT = 3000

/** The source of an upload could not be read. The cause is the source's own error. */
export class UploadError extends Error {}

/**
 * Calls a function when a signal is aborted; at once if it has been already, when there is no event any more.
 * @returns a function that stops this
 */
export function whenAborted(signal: AbortSignal | undefined, abort: () => void): () => void {
  if (!signal) return () => {}
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  return () => signal.removeEventListener('abort', abort)
}

/** One HTTP request, without its body. */
export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string | number | string[]>
  readonly signal?: AbortSignal
  /** Whether the request cannot be repeated with another API version, because its form depends on it. */
  readonly isTiedToVersion?: boolean
  /** Whether the raw stream that is requested has to be a Node stream. */
  readonly needsNodeStream?: boolean
  /** Called when the request has been sent. That of a ping is called, too, when it cannot be sent. */
  readonly onSent?: () => void
}

/** The status line and the headers of a response. */
export interface ResponseHead {
  readonly statusCode: number
  /** The reason phrase of the status line; empty when the daemon sent none. */
  readonly statusText: string
  /** Returns a header by its lower-case name; empty when the daemon did not send it. */
  header(name: string): string
}

/** A response whose body was read. */
export interface Response extends ResponseHead {
  readonly text: string
  /** The reason why the body is incomplete, if it is. Like docker, callers ignore it when they do not need the rest. */
  readonly failure?: Error
}

/** A response whose body arrives as it is read. */
export interface StreamedResponse extends ResponseHead {
  /** Can be iterated once. Leaving the loop early closes the connection. */
  readonly body: AsyncIterable<Uint8Array>
}

/** The response of a daemon that refuses a raw stream. */
export interface Refusal extends StreamedResponse {
  /** Closes the connection, even while the body is read: the daemon may keep it open. */
  close(): void
}

/** The events of an attached connection, with the values that listeners get. */
export interface SocketEvents {
  data: [bytes: Uint8Array]
  /** More bytes are accepted, after `write` has returned false. */
  drain: []
  end: []
  close: []
  error: [error: Error]
}

/** The part of a readable Node stream that copying output needs. */
export interface AttachedSource {
  readonly readableEnded: boolean
  readonly destroyed: boolean
  readonly errored: Error | null
  on<E extends keyof SocketEvents>(event: E, listener: (...values: SocketEvents[E]) => void): this
  pause(): this
  resume(): this
}

/** The part of a Node stream that attaching needs. */
export interface AttachedSocket extends AttachedSource {
  /** Whether our side has not ended. */
  readonly writable: boolean
  once<E extends keyof SocketEvents>(event: E, listener: (...values: SocketEvents[E]) => void): this
  off<E extends keyof SocketEvents>(event: E, listener: (...values: SocketEvents[E]) => void): this
  write(bytes: Uint8Array): boolean
  end(): unknown
  destroy(): unknown
}

/** The connection of a request for a raw stream, once the daemon has agreed. */
interface RawStream {
  readonly socket: AttachedSocket
  /** Ends our side. Settles when the socket can be destroyed without losing what was written to it. */
  finish(): Promise<void>
}

/** The response to a request for a raw stream, with the connection that is now one. */
export interface Upgrade extends ResponseHead, RawStream {}

/** A hijacked connection, as `attach` and `exec` use it: raw bytes in both directions after the daemon's response. */
export interface Hijacked extends RawStream {
  readonly contentType: string
}

/** Returns the name of a connection to a Unix socket in Go's messages. */
export function unixConnectionName(path: string): string {
  return `unix @->${path}`
}

/** A connection to the daemon on which nothing has been sent. */
export interface RawConnection {
  readonly socket: Duplex
  /** The connection in messages of Go's sockets: `unix @->/run/d.sock`. */
  readonly name: string
}
