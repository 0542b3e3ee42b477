/**
 * The responses of a fake daemon. Keys are `METHOD /path`, the path without its `/v1.50` prefix and percent-decoded;
 * `*` stands for any text. Exact keys take precedence, then the first pattern that matches. The replies of a list are
 * used in order, and the last one repeats.
 */
export type Replies = Readonly<Record<string, Reply | readonly Reply[]>>

export interface Reply {
  /** The HTTP status code, 200 by default. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** The body as one JSON value. An `Ago` inside it becomes Unix seconds at the time of the response. */
  readonly json?: unknown
  /** The body as JSON lines, one chunk each, as for pull, push, build and events. */
  readonly lines?: readonly unknown[]
  /** The body as text or bytes, one chunk each. */
  readonly chunks?: readonly (string | Uint8Array)[]
  /** Chunks that are sent as they become available, after the other parts of the body. */
  readonly stream?: AsyncIterable<string>
  /** The body, or the hijacked stream, in the multiplexed format of attach, exec and logs without a TTY. */
  readonly frames?: readonly Frame[]
  /** Whether the connection is hijacked when the client requests it, as for attach and exec start. */
  readonly hijack?: boolean
  /**
   * Whether the client's stdin is read to its end and recorded before the output is written; for hijacked connections.
   */
  readonly readsStdin?: boolean
  /**
   * The header section is sent at once, the body only after a request that matches this key. With the method `STDIN`, that
   * is the moment in which a request with `readsStdin` has read all of its input.
   */
  readonly after?: string
  /**
   * How the response fails; `hang` sends the header section and the body and then stays open, or sends nothing without
   * a body.
   */
  readonly fail?: 'close-before-response' | 'close-mid-response' | 'hang'
  /** A signal that the owner of the daemon sends to the client shortly after the request. */
  readonly signal?: NodeJS.Signals
}

/** One frame of a multiplexed stream; `error` is a frame of type 3, with which a daemon reports its own failure. */
export type Frame = { readonly stdout: string } | { readonly stderr: string } | { readonly error: string }

/** A time this many seconds before the response is sent, so that "3 days ago" stays true. */
export class Ago {
  readonly seconds: number
  constructor(seconds: number) {
    this.seconds = seconds
  }

  toJSON(): number {
    return Math.floor(Date.now() / 1000) - this.seconds
  }
}

/** @param amount number of units; half units avoid the boundaries of rounding */
export function ago(amount: number, unit: 's' | 'm' | 'h' | 'd' | 'w'): Ago {
  const seconds = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[unit]
  return new Ago(Math.round(amount * seconds))
}

/** Like `ago`, but in RFC 3339, as in swarm objects. */
export function timeAgo(amount: number, unit: 's' | 'm' | 'h' | 'd' | 'w'): { toJSON(): string } {
  const moment = ago(amount, unit)
  return { toJSON: () => new Date(moment.toJSON() * 1000).toISOString() }
}

export function json(value: unknown, status = 200): Reply {
  return { status, json: value }
}

/** An error of the Engine: `{"message": …}`. */
export function failure(status: number, message: string): Reply {
  return { status, json: { message } }
}

export const noContent: Reply = { status: 204 }

/** Returns the body in the chunks in which it is sent. */
export function bodyChunks(reply: Reply): readonly Uint8Array[] {
  if (reply.json !== undefined) return [Buffer.from(`${JSON.stringify(reply.json)}\n`)]
  if (reply.lines) return reply.lines.map((line) => Buffer.from(`${JSON.stringify(line)}\r\n`))
  if (reply.frames) return reply.frames.map(frameBytes)
  return (reply.chunks ?? []).map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk))
}

function frameBytes(frame: Frame): Uint8Array {
  const [type, text] = 'stdout' in frame ? [1, frame.stdout] : 'stderr' in frame ? [2, frame.stderr] : [3, frame.error]
  const payload = Buffer.from(text)
  const head = Buffer.alloc(8)
  head[0] = type
  head.writeUInt32BE(payload.length, 4)
  return Buffer.concat([head, payload])
}

/** Finds the reply for a request and remembers how far each list has been used. */
export class ReplyTable {
  readonly #replies: Replies
  readonly #used = new Map<string, number>()

  constructor(replies: Replies) {
    this.#replies = replies
  }

  take(method: string, path: string): Reply | undefined {
    const request = `${method} ${path}`
    const key =
      request in this.#replies
        ? request
        : Object.keys(this.#replies).find((candidate) => keyMatches(candidate, request))
    if (key === undefined) return undefined
    const entry = this.#replies[key]
    if (!isList(entry)) return entry
    const position = this.#used.get(key) ?? 0
    this.#used.set(key, position + 1)
    return entry[Math.min(position, entry.length - 1)]
  }
}

function isList(entry: Reply | readonly Reply[] | undefined): entry is readonly Reply[] {
  return Array.isArray(entry)
}

export function keyMatches(key: string, request: string): boolean {
  const parts = key.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(request)
}
