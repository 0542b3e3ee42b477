import type { Duplex } from 'node:stream'
import {
  DEFAULT_FRAME_LENGTH,
  DEFAULT_WINDOW,
  encodeFrame,
  encodeUint32,
  FLAG,
  FRAME,
  FRAME_HEADER_LENGTH,
  type Frame,
  writeFrameHeader,
} from './frames.ts'
import { encodeHeaders, type HeaderField } from './hpack.ts'
import type { Http2Stream } from './stream.ts'

/** The maximum number of data bytes in one write to the socket, large enough to keep the number of system calls low. */
const MAX_WRITE_LENGTH = 128 * 1024
/** The size of a write buffer: the data and the frame headers, even if a thousand streams share it. */
const BUFFER_LENGTH = MAX_WRITE_LENGTH + 2 * DEFAULT_FRAME_LENGTH

/**
 * Sends the frames of a connection. Data is sent from all streams in turn, as fast as the peer and the socket accept
 * it; other frames are sent at once.
 */
export class FrameSender {
  readonly #socket: Duplex
  readonly #sendEnd: (stream: Http2Stream) => void
  /** The streams that have bytes to send, or their end. */
  readonly #ready = new Set<Http2Stream>()
  /** Free write buffers. They are reused, because allocating one costs more than sending it. */
  readonly #freeBuffers: Buffer[] = []
  /** The number of data bytes that the peer accepts on the whole connection. */
  #window = DEFAULT_WINDOW
  #isSocketFull = false
  #isFlushScheduled = false
  #isStopped = false

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
    if (!this.#isStopped) this.#isSocketFull = !this.#socket.write(encodeFrame(frame))
  }

  /** Allows the peer to send more bytes. @param streamId 0 for the connection */
  sendWindowUpdate(streamId: number, increment: number): void {
    this.send({ type: FRAME.windowUpdate, flags: 0, streamId, payload: encodeUint32(increment) })
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

  /**
   * Marks a stream that has bytes to send, or its end. Small writes in one turn of the event loop are sent together.
   */
  markReady(stream: Http2Stream): void {
    this.#ready.add(stream)
    if (stream.sendable >= MAX_WRITE_LENGTH) this.#flush()
    else this.#scheduleFlush()
  }

  /**
   * Sends what a larger window allows.
   * @param increment by how many bytes the connection's window grew; 0 if only the windows of streams did
   */
  growWindow(increment: number, streams: Iterable<Http2Stream>): void {
    this.#window += increment
    for (const stream of streams) if (stream.sendable > 0) this.#ready.add(stream)
    this.#flush()
  }

  /** Removes a stream. Nothing more is sent of it. */
  forget(stream: Http2Stream): void {
    this.#ready.delete(stream)
  }

  /** Stops sending. */
  stop(): void {
    this.#isStopped = true
    this.#ready.clear()
  }

  #scheduleFlush(): void {
    if (this.#isFlushScheduled) return
    this.#isFlushScheduled = true
    setImmediate(() => {
      this.#isFlushScheduled = false
      this.#flush()
    })
  }

  #flush(): void {
    while (!this.#isSocketFull && !this.#isStopped) {
      const buffer = this.#freeBuffers.pop() ?? Buffer.allocUnsafeSlow(BUFFER_LENGTH)
      const frames = this.#dataFrames(buffer)
      this.#isSocketFull = frames.length > 0 && !this.#socket.write(frames, () => this.#freeBuffers.push(buffer))
      if (frames.length > 0) continue
      this.#freeBuffers.push(buffer)
      break
    }
    for (const stream of this.#ready) {
      if (stream.isAtEnd) this.#sendEnd(stream)
      if (stream.sendable === 0) this.#ready.delete(stream)
    }
  }

  /** Fills a buffer with the data frames that may be sent now. */
  #dataFrames(buffer: Buffer): Buffer {
    let total = 0
    let at = 0
    for (const stream of this.#ready) {
      const sendable = Math.min(stream.sendable, this.#window - total, MAX_WRITE_LENGTH - total)
      for (let left = sendable; left > 0; ) {
        const length = Math.min(left, DEFAULT_FRAME_LENGTH)
        writeFrameHeader(buffer, at, { length, type: FRAME.data, flags: 0, streamId: stream.id })
        stream.take(buffer, at + FRAME_HEADER_LENGTH, length)
        at += FRAME_HEADER_LENGTH + length
        left -= length
      }
      total += Math.max(sendable, 0)
    }
    this.#window -= total
    return buffer.subarray(0, at)
  }
}
