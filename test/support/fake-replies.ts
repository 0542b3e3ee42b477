/**
 * What a fake daemon responds. Keys of a reply table are `METHOD /path`, the path without its `/v1.50` prefix and
 * percent-decoded; `*` stands for any text. The first key that matches wins, exact keys before patterns. A list
 * of replies is used up in order and its last one repeats.
 */
export type Replies = Readonly<Record<string, Reply | readonly Reply[]>>

export interface Reply {
  /** HTTP status, 200 unless told. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** The body as one JSON value. An `Ago` inside it becomes Unix seconds at the time of the response. */
  readonly json?: unknown
  /** The body as JSON lines, one chunk each, as pull, push, build and events response. */
  readonly lines?: readonly unknown[]
  /** The body as it is, one chunk each. */
  readonly chunks?: readonly (string | Uint8Array)[]
  /** The body as it comes, after what is given otherwise. */
  readonly stream?: AsyncIterable<string>
  /** The body, or the hijacked stream, in the multiplexed format of attach, exec and logs without a TTY. */
  readonly frames?: readonly Frame[]
  /** Switch protocols when the client asks for it, as attach and exec start do. */
  readonly hijack?: boolean
  /** Hijacked only: read the client's stdin to its end, record it, then write the output. */
  readonly readsStdin?: boolean
  /** Send the head at once and the body only when a request matching this key has come. */
  readonly after?: string
  /** How the response goes wrong; `hang` sends the head and the body so far, or nothing at all without one. */
  readonly fail?: 'close-before-response' | 'close-mid-response' | 'hang'
  /** Tell the owner of the daemon to send this signal to the client, a moment after the request has come. */
  readonly signal?: NodeJS.Signals
}

/** One frame of a multiplexed stream; `error` is the type 3 frame a daemon reports its own failure in. */
export type Frame = { readonly stdout: string } | { readonly stderr: string } | { readonly error: string }

/** A moment this many seconds before the response is sent, so that "3 days ago" stays true. */
export class Ago {
  readonly seconds: number
  constructor(seconds: number) {
    this.seconds = seconds
  }

  toJSON(): number {
    return Math.floor(Date.now() / 1000) - this.seconds
  }
}

/** @param amount how many units ago; half units keep rounded texts clear of their boundaries */
export function ago(amount: number, unit: 's' | 'm' | 'h' | 'd' | 'w'): Ago {
  const seconds = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[unit]
  return new Ago(Math.round(amount * seconds))
}

/** As `ago`, in RFC 3339, which the objects of a swarm have. */
export function timeAgo(amount: number, unit: 's' | 'm' | 'h' | 'd' | 'w'): { toJSON(): string } {
  const moment = ago(amount, unit)
  return { toJSON: () => new Date(moment.toJSON() * 1000).toISOString() }
}

export function json(value: unknown, status = 200): Reply {
  return { status, json: value }
}

/** An error as the Engine words it: `{"message": …}`. */
export function failure(status: number, message: string): Reply {
  return { status, json: { message } }
}

export const noContent: Reply = { status: 204 }

/** The body's bytes, in the chunks they are to be sent in. */
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
    const asked = `${method} ${path}`
    const key =
      asked in this.#replies ? asked : Object.keys(this.#replies).find((candidate) => keyMatches(candidate, asked))
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

export function keyMatches(key: string, asked: string): boolean {
  const parts = key.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(asked)
}
