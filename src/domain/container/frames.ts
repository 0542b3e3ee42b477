// The multiplexed stream of a container without a terminal: frames of a header (the number of the stream, three zeros and the
// length as four bytes) and that many bytes of output.

type FrameStream = 'stdout' | 'stderr'

/** Bytes of one stream: a frame, several frames joined, or a part of a frame. */
export interface StreamPiece {
  readonly stream: FrameStream
  readonly bytes: Uint8Array
}

const HEADER_SIZE = 8
const DAEMON_ERROR = 3

/** How much of an error of the daemon is kept, in bytes. */
const MAX_ERROR_SIZE = 1024 * 1024

/** Splits a multiplexed stream into its streams. Frames may be cut anywhere; their bytes are passed on as they arrive. */
export class FrameReader {
  readonly #header = new Uint8Array(HEADER_SIZE)
  #headerLength = 0
  #kind = 0
  #left = 0
  #daemonError: Uint8Array[] = []
  #daemonErrorSize = 0

  /**
   * Yields the pieces of a chunk; consecutive frames of one stream are joined. The pieces before an error are yielded first.
   * @throws Error with the daemon's message if the daemon sent an error frame
   */
  read(chunk: Uint8Array): Generator<StreamPiece> {
    return this.#pieces(chunk)
  }

  *#pieces(chunk: Uint8Array): Generator<StreamPiece> {
    let run: Uint8Array[] = []
    let stream: FrameStream = 'stdout'
    let failure: unknown
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
          yield { stream, bytes: concatenate(run) }
          run = []
        }
        stream = next
        run.push(bytes)
      } catch (error) {
        failure = error
        break
      }
    }
    if (run.length > 0) yield { stream, bytes: concatenate(run) }
    if (failure !== undefined) throw failure
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
    const left = MAX_ERROR_SIZE - this.#daemonErrorSize
    if (left > 0) this.#daemonError.push(bytes.subarray(0, left))
    this.#daemonErrorSize += bytes.length
    if (this.#left > 0) return
    throw new Error(`error from daemon in stream: ${new TextDecoder().decode(concatenate(this.#daemonError))}`)
  }
}

/** The largest accepted frame that is kept as a whole, in bytes. Log drivers split lines of more than 16 KiB. */
const MAX_WHOLE_FRAME = 64 * 1024 * 1024

/** Splits a multiplexed stream into whole frames. In a service's log, each frame is a line. */
export class WholeFrameReader {
  /** The received bytes that are not part of a frame yet. */
  #chunks: Uint8Array[] = []
  #length = 0
  /** The number of bytes that the next frame needs. */
  #needed = HEADER_SIZE

  /**
   * Yields the frames that the chunk completes.
   * @throws Error with the daemon's message if the daemon sent an error frame
   */
  read(chunk: Uint8Array): Generator<StreamPiece> {
    return this.#frames(chunk)
  }

  *#frames(chunk: Uint8Array): Generator<StreamPiece> {
    this.#chunks.push(chunk)
    this.#length += chunk.length
    if (this.#length < this.#needed) return
    const bytes = concatenate(this.#chunks)
    let at = 0
    for (;;) {
      this.#needed = frameSize(bytes, at)
      if (bytes.length - at < this.#needed) break
      const body = bytes.subarray(at + HEADER_SIZE, at + this.#needed)
      const kind = bytes[at] ?? 0
      if (kind === DAEMON_ERROR) throw new Error(`error from daemon in stream: ${new TextDecoder().decode(body)}`)
      at += this.#needed
      yield { stream: kind === 2 ? 'stderr' : 'stdout', bytes: body }
    }
    this.#chunks = [bytes.slice(at)]
    this.#length = bytes.length - at
  }
}

/**
 * Returns the size of a frame with its header, or of a header when that is incomplete.
 * @throws Error with docker's message for an unknown stream
 */
function frameSize(bytes: Uint8Array, at: number): number {
  if (bytes.length - at < HEADER_SIZE) return HEADER_SIZE
  const kind = bytes[at] ?? 0
  if (kind > DAEMON_ERROR) throw new Error(`Unrecognized input header: ${kind}`)
  const size = HEADER_SIZE + new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(4)
  if (size > MAX_WHOLE_FRAME) throw new Error(`a frame of ${size} bytes is too long`)
  return size
}

/** Returns a frame, header included, that contains the parts. */
export function encodeFrame(stream: FrameStream, parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  const frame = new Uint8Array(HEADER_SIZE + length)
  frame[0] = stream === 'stderr' ? 2 : 1
  new DataView(frame.buffer).setUint32(4, length)
  let at = HEADER_SIZE
  for (const part of parts) {
    frame.set(part, at)
    at += part.length
  }
  return frame
}

/** Joins bytes. A single part is not copied. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
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
