/** Where a frame's bytes belong. */
type FrameStream = 'stdout' | 'stderr'

/** A piece of one stream; the bytes of several frames, or a part of one. */
export interface StreamPiece {
  readonly stream: FrameStream
  readonly bytes: Uint8Array
}

const HEADER_SIZE = 8
const DAEMON_ERROR = 3

/**
 * Takes apart the multiplexed stream of a container without a terminal: frames of a stream's number, three zeros, the
 * length as four bytes, and that many bytes. Frames may be cut anywhere; their bytes go on as they arrive.
 */
export class FrameReader {
  readonly #header = new Uint8Array(HEADER_SIZE)
  #headerLength = 0
  #kind = 0
  #left = 0
  #daemonError: Uint8Array[] = []

  /**
   * The pieces of a chunk, neighbours of one stream joined. What came before an error is handed out before it.
   * @throws Error with the daemon's own message when it sent one in the place of output
   */
  read(chunk: Uint8Array): Generator<StreamPiece> {
    return this.#pieces(chunk)
  }

  *#pieces(chunk: Uint8Array): Generator<StreamPiece> {
    let run: Uint8Array[] = []
    let stream: FrameStream = 'stdout'
    let fault: unknown
    for (let at = 0; at < chunk.length; ) {
      try {
        if (this.#left === 0) {
          at = this.#readHeader(chunk, at)
          continue
        }
        const bytes = chunk.subarray(at, at + this.#left)
        at += bytes.length
        this.#left -= bytes.length
        if (this.#kind === DAEMON_ERROR) {
          this.#collectError(bytes)
          continue
        }
        const next = this.#kind === 2 ? 'stderr' : 'stdout'
        if (next !== stream && run.length > 0) {
          yield { stream, bytes: joined(run) }
          run = []
        }
        stream = next
        run.push(bytes)
      } catch (error) {
        fault = error
        break
      }
    }
    if (run.length > 0) yield { stream, bytes: joined(run) }
    if (fault !== undefined) throw fault
  }

  #readHeader(chunk: Uint8Array, start: number): number {
    const part = chunk.subarray(start, start + HEADER_SIZE - this.#headerLength)
    this.#header.set(part, this.#headerLength)
    this.#headerLength += part.length
    if (this.#headerLength === HEADER_SIZE) {
      this.#headerLength = 0
      this.#kind = this.#header[0] ?? 0
      if (this.#kind > DAEMON_ERROR) throw new Error(`Unrecognized input header: ${this.#kind}`)
      this.#left = new DataView(this.#header.buffer).getUint32(4)
    }
    return start + part.length
  }

  #collectError(bytes: Uint8Array): void {
    this.#daemonError.push(bytes)
    if (this.#left > 0) return
    throw new Error(`error from daemon in stream: ${new TextDecoder().decode(joined(this.#daemonError))}`)
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts
  if (first && parts.length === 1) return first
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
