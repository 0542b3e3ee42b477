import type { Duplex } from 'node:stream'
import { FrameSender } from './frame-sender.ts'
import {
  bare,
  DEFAULT_WINDOW,
  decodeSettings,
  ERROR_CODE,
  encodeSettings,
  FLAG,
  FRAME,
  type Frame,
  FrameReader,
  PREFACE,
  SETTING,
  uint32,
} from './frames.ts'
import { HeaderDecoder, type HeaderField } from './hpack.ts'
import { ResetError } from './reset-error.ts'
import { Http2Stream, type StreamCarrier, type StreamListener } from './stream.ts'

/** How much the peer may send on a stream before we have read it. */
const STREAM_WINDOW = 1024 * 1024
/** The connection's own window is never what holds a stream up. */
const CONNECTION_WINDOW = 64 * 1024 * 1024

export interface ConnectionRole {
  /** Takes a call that the peer makes, as the server; a client has none. */
  readonly onCall?: (stream: Http2Stream, fields: readonly HeaderField[]) => void
  /** What the connection was, for messages, when it ends. */
  readonly lostMessage: string
}

/**
 * HTTP/2 over one connection, as much as gRPC uses of it, for either end. Its own because Bun's stops in the middle
 * of large transfers, costs twice the processor time, and joins repeated headers, whose values may hold commas; Node's
 * would do, but then the two forms of tug would speak differently. docs/architecture.md has the measurements.
 */
export class Http2Connection implements StreamCarrier {
  readonly #socket: Duplex
  readonly #role: ConnectionRole
  readonly #sender: FrameSender
  readonly #frames = new FrameReader()
  readonly #headerDecoder = new HeaderDecoder()
  readonly #streams = new Map<number, Http2Stream>()
  readonly #closed = Promise.withResolvers<void>()
  #unreadPreface = 0
  #initialSendWindow = DEFAULT_WINDOW
  #unacknowledged = 0
  #nextStreamId = 1
  #headerBlock: { stream: number; isLast: boolean; parts: Buffer[] } | undefined
  #isOver = false

  constructor(socket: Duplex, role: ConnectionRole) {
    this.#socket = socket
    this.#role = role
    this.#sender = new FrameSender(socket, (stream) => this.#sendEnd(stream))
    if (role.onCall) this.#unreadPreface = PREFACE.length
    else socket.write(PREFACE)
    this.#sender.send({
      type: FRAME.settings,
      flags: 0,
      streamId: 0,
      payload: encodeSettings([
        [SETTING.enablePush, 0],
        [SETTING.initialWindowSize, STREAM_WINDOW],
      ]),
    })
    this.#sender.sendWindowUpdate(0, CONNECTION_WINDOW - DEFAULT_WINDOW)
    socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    socket.on('error', (error) => this.#fail(error))
    socket.on('end', () => this.#fail(new Error(role.lostMessage)))
    socket.on('close', () => this.#fail(new Error(role.lostMessage)))
  }

  /** Settles when the connection is over, whoever ended it. */
  get closed(): Promise<void> {
    return this.#closed.promise
  }

  /** Starts a call. On a connection that is over it is cut at once. */
  open(fields: readonly HeaderField[], listener: StreamListener): Http2Stream {
    const stream = new Http2Stream(this.#nextStreamId, this.#initialSendWindow, this)
    this.#nextStreamId += 2
    stream.listen(listener)
    if (this.#isOver) {
      stream.cut(new Error(this.#role.lostMessage))
      return stream
    }
    this.#streams.set(stream.id, stream)
    stream.headers(fields)
    return stream
  }

  /** Ends the connection and every call on it. */
  close(): void {
    this.#fail(new Error(this.#role.lostMessage))
  }

  sendHeaders(stream: Http2Stream, fields: readonly HeaderField[], isLast: boolean): void {
    this.#sender.sendHeaders(stream.id, fields, isLast)
    if (isLast) this.#ended(stream)
  }

  sendReset(stream: Http2Stream, errorCode: number): void {
    this.#sender.send({ type: FRAME.resetStream, flags: 0, streamId: stream.id, payload: uint32(errorCode) })
    this.#forget(stream)
    stream.cut(new Error('the call was given up'))
  }

  dataWaits(stream: Http2Stream): void {
    this.#sender.dataWaits(stream)
  }

  consumed(stream: Http2Stream, length: number): void {
    stream.unacknowledged += length
    if (stream.unacknowledged < STREAM_WINDOW / 2) return
    this.#sender.sendWindowUpdate(stream.id, stream.unacknowledged)
    stream.unacknowledged = 0
  }

  #sendEnd(stream: Http2Stream): void {
    if (stream.trailers) {
      this.sendHeaders(stream, stream.trailers, true)
    } else {
      this.#sender.send({ type: FRAME.data, flags: FLAG.endStream, streamId: stream.id, payload: Buffer.alloc(0) })
      this.#ended(stream)
    }
    // A server that has responded reads no further; the client need not send the rest.
    if (this.#role.onCall && !stream.hasPeerEnded) stream.reset(ERROR_CODE.none)
  }

  #receive(chunk: Buffer): void {
    const bytes = chunk.subarray(Math.min(this.#unreadPreface, chunk.length))
    this.#unreadPreface -= chunk.length - bytes.length
    try {
      this.#frames.read(bytes, (frame) => {
        if (!this.#isOver) this.#take(frame)
      })
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)))
    }
  }

  #take(frame: Frame): void {
    // What is not named here means nothing to us: a daemon that goes away, say, finishes its calls first.
    if (frame.type === FRAME.data) this.#takeData(frame)
    else if (frame.type === FRAME.headers) {
      this.#headerBlock = { stream: frame.streamId, isLast: (frame.flags & FLAG.endStream) !== 0, parts: [] }
      this.#takeHeaderBlock(bare(frame), frame.flags)
    } else if (frame.type === FRAME.continuation) this.#takeHeaderBlock(frame.payload, frame.flags)
    else if (frame.type === FRAME.resetStream) this.#takeReset(frame)
    else if (frame.type === FRAME.settings) this.#takeSettings(frame)
    else if (frame.type === FRAME.windowUpdate) this.#takeWindowUpdate(frame)
    else if (frame.type === FRAME.ping && (frame.flags & FLAG.ack) === 0)
      this.#sender.send({ ...frame, flags: FLAG.ack })
  }

  #takeData(frame: Frame): void {
    this.#unacknowledged += frame.payload.length
    if (this.#unacknowledged >= CONNECTION_WINDOW / 2) {
      this.#sender.sendWindowUpdate(0, this.#unacknowledged)
      this.#unacknowledged = 0
    }
    const stream = this.#streams.get(frame.streamId)
    if (!stream) return
    const bytes = bare({ ...frame, flags: frame.flags & FLAG.padded })
    if (bytes.length < frame.payload.length) stream.consumed(frame.payload.length - bytes.length)
    if (bytes.length > 0) stream.listener?.data(bytes)
    if ((frame.flags & FLAG.endStream) !== 0) this.#peerEnded(stream)
  }

  #takeHeaderBlock(payload: Buffer, flags: number): void {
    const block = this.#headerBlock
    if (!block) throw new Error('a header block continues that has not begun')
    block.parts.push(payload)
    if ((flags & FLAG.endHeaders) === 0) return
    this.#headerBlock = undefined
    const fields = this.#headerDecoder.decode(Buffer.concat(block.parts))
    const known = this.#streams.get(block.stream)
    if (known) {
      known.listener?.headers(fields)
      if (block.isLast) this.#peerEnded(known)
    } else if (this.#role.onCall && block.stream >= this.#nextStreamId) {
      this.#nextStreamId = block.stream + 1
      const stream = new Http2Stream(block.stream, this.#initialSendWindow, this)
      this.#streams.set(stream.id, stream)
      this.#role.onCall(stream, fields)
      if (block.isLast) this.#peerEnded(stream)
    }
  }

  #takeReset({ streamId, payload }: Frame): void {
    const stream = this.#streams.get(streamId)
    if (!stream) return
    this.#forget(stream)
    const code = payload.readUInt32BE(0)
    stream.cut(code === ERROR_CODE.cancel ? new Error('context canceled') : new ResetError(code))
  }

  #takeSettings({ flags, payload }: Frame): void {
    if ((flags & FLAG.ack) !== 0) return
    for (const [id, value] of decodeSettings(payload)) {
      if (id !== SETTING.initialWindowSize) continue
      for (const stream of this.#streams.values()) stream.sendWindow += value - this.#initialSendWindow
      this.#initialSendWindow = value
    }
    this.#sender.send({ type: FRAME.settings, flags: FLAG.ack, streamId: 0, payload: Buffer.alloc(0) })
    this.#sender.roomGrew(0, this.#streams.values())
  }

  #takeWindowUpdate({ streamId, payload }: Frame): void {
    const increment = payload.readUInt32BE(0) & 0x7fff_ffff
    const stream = this.#streams.get(streamId)
    if (stream) stream.sendWindow += increment
    this.#sender.roomGrew(streamId === 0 ? increment : 0, this.#streams.values())
  }

  #ended(stream: Http2Stream): void {
    stream.hasEnded = true
    if (stream.hasPeerEnded) this.#forget(stream)
  }

  #peerEnded(stream: Http2Stream): void {
    if (stream.hasPeerEnded) return
    stream.hasPeerEnded = true
    stream.listener?.end()
    if (stream.hasEnded) this.#forget(stream)
  }

  #forget(stream: Http2Stream): void {
    this.#streams.delete(stream.id)
    this.#sender.forget(stream)
  }

  #fail(error: Error): void {
    if (this.#isOver) return
    this.#isOver = true
    const streams = [...this.#streams.values()]
    this.#streams.clear()
    this.#sender.stop()
    this.#socket.destroy()
    for (const stream of streams) stream.cut(error)
    this.#closed.resolve()
  }
}
