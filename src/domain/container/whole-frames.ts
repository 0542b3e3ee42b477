/** One frame of a multiplexed stream, whole. */
export interface WholeFrame {
  readonly stream: 'stdout' | 'stderr'
  readonly bytes: Uint8Array
}

const HEADER_SIZE = 8
const DAEMON_ERROR = 3

/**
 * Takes a multiplexed stream apart as `FrameReader` does, but hands out frames whole and one by one: in a service's log
 * each is a line.
 */
export class WholeFrameReader {
  #rest = new Uint8Array(0)

  /** @throws Error with the daemon's own message when it sent one in the place of output */
  read(chunk: Uint8Array): Generator<WholeFrame> {
    return this.#frames(chunk)
  }

  *#frames(chunk: Uint8Array): Generator<WholeFrame> {
    const bytes = joined(this.#rest, chunk)
    let at = 0
    while (bytes.length - at >= HEADER_SIZE) {
      const kind = bytes[at] ?? 0
      if (kind > DAEMON_ERROR) throw new Error(`Unrecognized input header: ${kind}`)
      const end = at + HEADER_SIZE + new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(4)
      if (end > bytes.length) break
      const body = bytes.subarray(at + HEADER_SIZE, end)
      if (kind === DAEMON_ERROR) throw new Error(`error from daemon in stream: ${new TextDecoder().decode(body)}`)
      at = end
      yield { stream: kind === 2 ? 'stderr' : 'stdout', bytes: body }
    }
    this.#rest = bytes.slice(at)
  }
}

/** A frame of a multiplexed stream, with its head. */
export function frameOf(stream: WholeFrame['stream'], parts: readonly Uint8Array[]): Uint8Array {
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

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right
  const all = new Uint8Array(left.length + right.length)
  all.set(left)
  all.set(right, left.length)
  return all
}
