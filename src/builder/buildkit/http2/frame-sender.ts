import type { Duplex } from 'node:stream'
import {
  DEFAULT_FRAME_LENGTH,
  DEFAULT_WINDOW,
  encodeFrame,
  FLAG,
  FRAME,
  FRAME_HEADER_LENGTH,
  type Frame,
  uint32,
  writeFrameHeader,
} from './frames.ts'
import { encodeHeaders, type HeaderField } from './hpack.ts'
import type { Http2Stream } from './stream.ts'

/** How much goes to the socket in one piece: enough to make system calls cheap. */
const MOST_AT_ONCE = 128 * 1024
/** Room for it with its frames' headers, even if a thousand streams share it. */
const MEMORY_LENGTH = MOST_AT_ONCE + 2 * DEFAULT_FRAME_LENGTH

/**
 * Sends the frames of a connection: data as the peer and the socket take it, of all streams in turn; others at once.
 */
export class FrameSender {
  readonly #socket: Duplex
  readonly #sendEnd: (stream: Http2Stream) => void
  /** Streams that have something to send. */
  readonly #ready = new Set<Http2Stream>()
  /** Memory that frames were sent from: making it anew for each piece costs more than sending it. */
  readonly #spareMemory: Buffer[] = []
  /** How many bytes of data the peer is ready to take on the whole connection. */
  #window = DEFAULT_WINDOW
  #isSocketFull = false
  #isFlushPlanned = false
  #isOver = false

  /** @param sendEnd called once the last data of a stream has been sent */
  constructor(socket: Duplex, sendEnd: (stream: Http2Stream) => void) {
    this.#socket = socket
    this.#sendEnd = sendEnd
    socket.on('drain', () => {
      this.#isSocketFull = false
      this.#flush()
    })
  }

  send(frame: Frame): void {
    if (!this.#isOver) this.#isSocketFull = !this.#socket.write(encodeFrame(frame))
  }

  /** Tells the peer how much more it may send. @param streamId 0 for the connection */
  sendWindowUpdate(streamId: number, increment: number): void {
    this.send({ type: FRAME.windowUpdate, flags: 0, streamId, payload: uint32(increment) })
  }

  sendHeaders(streamId: number, fields: readonly HeaderField[], isLast: boolean): void {
    const block = encodeHeaders(fields)
    for (let at = 0; at === 0 || at < block.length; at += DEFAULT_FRAME_LENGTH) {
      const payload = block.subarray(at, at + DEFAULT_FRAME_LENGTH)
      const isWhole = at + payload.length === block.length
      this.send({
        type: at === 0 ? FRAME.headers : FRAME.continuation,
        flags: (isWhole ? FLAG.endHeaders : 0) | (at === 0 && isLast ? FLAG.endStream : 0),
        streamId,
        payload,
      })
    }
  }

  /** There is something to send on a stream. Small writes of one turn of the event loop go out together. */
  dataWaits(stream: Http2Stream): void {
    this.#ready.add(stream)
    if (stream.sendable >= MOST_AT_ONCE) this.#flush()
    else this.#planFlush()
  }

  /** The peer takes more: of the connection as a whole, or of some of these streams. */
  roomGrew(increment: number, streams: Iterable<Http2Stream>): void {
    this.#window += increment
    for (const stream of streams) if (stream.sendable > 0) this.#ready.add(stream)
    this.#flush()
  }

  /** Sends no more of a stream. */
  forget(stream: Http2Stream): void {
    this.#ready.delete(stream)
  }

  /** Sends no more at all. */
  stop(): void {
    this.#isOver = true
    this.#ready.clear()
  }

  #planFlush(): void {
    if (this.#isFlushPlanned) return
    this.#isFlushPlanned = true
    setImmediate(() => {
      this.#isFlushPlanned = false
      this.#flush()
    })
  }

  #flush(): void {
    while (!this.#isSocketFull && !this.#isOver) {
      const memory = this.#spareMemory.pop() ?? Buffer.allocUnsafeSlow(MEMORY_LENGTH)
      const frames = this.#dataFrames(memory)
      this.#isSocketFull = frames.length > 0 && !this.#socket.write(frames, () => this.#spareMemory.push(memory))
      if (frames.length > 0) continue
      this.#spareMemory.push(memory)
      break
    }
    for (const stream of this.#ready) {
      if (stream.isAtEnd) this.#sendEnd(stream)
      if (stream.sendable === 0) this.#ready.delete(stream)
    }
  }

  /** Fills the memory with what may be sent now. */
  #dataFrames(memory: Buffer): Buffer {
    let total = 0
    let at = 0
    for (const stream of this.#ready) {
      const most = Math.min(stream.sendable, this.#window - total, MOST_AT_ONCE - total)
      for (let left = most; left > 0; ) {
        const length = Math.min(left, DEFAULT_FRAME_LENGTH)
        writeFrameHeader(memory, at, { length, type: FRAME.data, flags: 0, streamId: stream.id })
        stream.take(memory, at + FRAME_HEADER_LENGTH, length)
        at += FRAME_HEADER_LENGTH + length
        left -= length
      }
      total += Math.max(most, 0)
    }
    this.#window -= total
    return memory.subarray(0, at)
  }
}
