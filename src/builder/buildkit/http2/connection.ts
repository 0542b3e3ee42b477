import type { Duplex } from 'node:stream'
import { FrameSender } from './frame-sender.ts'
import {
  DEFAULT_WINDOW,
  decodeSettings,
  ERROR_CODE,
  encodeSettings,
  encodeUint32,
  FLAG,
  FRAME,
  type Frame,
  FrameReader,
  PREFACE,
  SETTING,
  stripPayload,
} from './frames.ts'
import { HeaderDecoder, type HeaderField } from './hpack.ts'
import { ResetError } from './reset-error.ts'
import { Http2Stream, STREAM_WINDOW, type StreamCarrier, type StreamListener } from './stream.ts'

/** The window of the connection, large enough that only streams are limited. */
const CONNECTION_WINDOW = 64 * 1024 * 1024

/** The largest accepted header block in bytes, and the largest number of its frames. Go's limits are similar. */
const MAX_HEADER_BLOCK = 1024 * 1024
const MAX_CONTINUATIONS = 1000
/** The number of calls that the peer may have open. BuildKit has a few dozen. */
const MAX_CALLS = 10_000
/** How many bytes may wait for a peer that causes responses without reading them, beside the data of calls. */
const MAX_UNSENT_RESPONSES = 4 * 1024 * 1024
/** The lengths in bytes that payloads have at least. */
const MIN_LENGTHS: ReadonlyMap<number, number> = new Map([
  [FRAME.resetStream, 4],
  [FRAME.windowUpdate, 4],
  [FRAME.ping, 8],
])

/** The peer violates HTTP/2, or floods the connection. */
class Http2Error extends Error {
  constructor(reason: string) {
    super(`the daemon's HTTP/2 connection is faulty: ${reason}`)
  }
}

export interface ConnectionRole {
  /** Handles a call of the peer; set for a server only. */
  readonly onCall?: (stream: Http2Stream, fields: readonly HeaderField[]) => void
  /** The message of the error that ends calls when the connection is lost. */
  readonly lostMessage: string
}

/**
 * HTTP/2 over one connection, for a client or a server, with the features that gRPC uses. Bun's implementation stops in
 * the middle of large transfers, takes twice the processor time, and joins repeated headers, whose values may contain
 * commas. Node's is not used either, so that both forms of tug behave alike. docs/architecture.md has the measurements.
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
  #headerBlock: { stream: number; isLast: boolean; parts: Buffer[]; length: number } | undefined
  #hasEnded = false

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

  /** Settles when the connection has ended. */
  get closed(): Promise<void> {
    return this.#closed.promise
  }

  /** Starts a call. It is aborted at once when the connection has ended. */
  open(fields: readonly HeaderField[], listener: StreamListener): Http2Stream {
    const stream = new Http2Stream(this.#nextStreamId, this.#initialSendWindow, this)
    this.#nextStreamId += 2
    stream.listen(listener)
    if (this.#hasEnded) {
      stream.abort(new Error(this.#role.lostMessage))
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
    if (isLast) this.#endSide(stream)
  }

  sendReset(stream: Http2Stream, errorCode: number): void {
    this.#sender.send({ type: FRAME.resetStream, flags: 0, streamId: stream.id, payload: encodeUint32(errorCode) })
    this.#forget(stream)
    stream.abort(new Error('the call was canceled'))
  }

  markReady(stream: Http2Stream): void {
    this.#sender.markReady(stream)
  }

  consumed(stream: Http2Stream, length: number): void {
    stream.unacknowledged += length
    if (stream.unacknowledged < STREAM_WINDOW / 2) return
    this.#sender.sendWindowUpdate(stream.id, stream.unacknowledged)
    stream.receiveWindow += stream.unacknowledged
    stream.unacknowledged = 0
  }

  #sendEnd(stream: Http2Stream): void {
    if (stream.trailers) {
      this.sendHeaders(stream, stream.trailers, true)
    } else {
      this.#sender.send({ type: FRAME.data, flags: FLAG.endStream, streamId: stream.id, payload: Buffer.alloc(0) })
      this.#endSide(stream)
    }
    // A server that has responded reads no more, so the client need not send the rest.
    if (this.#role.onCall && !stream.hasPeerEnded) stream.reset(ERROR_CODE.none)
  }

  #receive(chunk: Buffer): void {
    const bytes = chunk.subarray(Math.min(this.#unreadPreface, chunk.length))
    this.#unreadPreface -= chunk.length - bytes.length
    try {
      this.#frames.read(bytes, (frame) => {
        if (!this.#hasEnded) this.#handleFrame(frame)
      })
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error)))
    }
  }

  #handleFrame(frame: Frame): void {
    // Other frames are ignored. GOAWAY is one of them: a daemon that sends it completes its calls first.
    if (this.#headerBlock && frame.type !== FRAME.continuation) throw new Http2Error('a header block is interrupted')
    if (frame.payload.length < (MIN_LENGTHS.get(frame.type) ?? 0)) throw new Http2Error('a frame is too short')
    if (frame.type === FRAME.data) this.#handleData(frame)
    else if (frame.type === FRAME.headers) {
      this.#headerBlock = { stream: frame.streamId, isLast: (frame.flags & FLAG.endStream) !== 0, parts: [], length: 0 }
      this.#handleHeaderBlock(stripPayload(frame), frame.flags)
    } else if (frame.type === FRAME.continuation) this.#handleHeaderBlock(frame.payload, frame.flags)
    else if (frame.type === FRAME.resetStream) this.#handleReset(frame)
    else if (frame.type === FRAME.settings) this.#handleSettings(frame)
    else if (frame.type === FRAME.windowUpdate) this.#handleWindowUpdate(frame)
    else if (frame.type === FRAME.ping && (frame.flags & FLAG.ack) === 0) this.#respond({ ...frame, flags: FLAG.ack })
  }

  /** Sends a frame that the peer can cause at will. @throws Error when the peer does not read what it causes */
  #respond(frame: Frame): void {
    if (this.#socket.writableLength > MAX_UNSENT_RESPONSES) throw new Http2Error('too many frames to respond to')
    this.#sender.send(frame)
  }

  #handleData(frame: Frame): void {
    this.#unacknowledged += frame.payload.length
    if (this.#unacknowledged >= CONNECTION_WINDOW / 2) {
      this.#sender.sendWindowUpdate(0, this.#unacknowledged)
      this.#unacknowledged = 0
    }
    const stream = this.#streams.get(frame.streamId)
    if (!stream) return
    stream.receiveWindow -= frame.payload.length
    if (stream.receiveWindow < 0) throw new Http2Error('more data than the window allows')
    const bytes = stripPayload({ ...frame, flags: frame.flags & FLAG.padded })
    if (bytes.length < frame.payload.length) stream.consumed(frame.payload.length - bytes.length)
    if (bytes.length > 0) stream.listener?.data(bytes)
    if ((frame.flags & FLAG.endStream) !== 0) this.#endPeerSide(stream)
  }

  #handleHeaderBlock(payload: Buffer, flags: number): void {
    const block = this.#headerBlock
    if (!block) throw new Http2Error('unexpected CONTINUATION frame')
    block.parts.push(payload)
    block.length += payload.length
    if (block.length > MAX_HEADER_BLOCK || block.parts.length > MAX_CONTINUATIONS) {
      throw new Http2Error('a header block is too long')
    }
    if ((flags & FLAG.endHeaders) === 0) return
    this.#headerBlock = undefined
    const fields = this.#headerDecoder.decode(Buffer.concat(block.parts))
    const openStream = this.#streams.get(block.stream)
    if (openStream) {
      openStream.listener?.headers(fields)
      if (block.isLast) this.#endPeerSide(openStream)
    } else if (this.#role.onCall && block.stream >= this.#nextStreamId) {
      if (this.#streams.size >= MAX_CALLS) throw new Http2Error('too many calls')
      this.#nextStreamId = block.stream + 1
      const stream = new Http2Stream(block.stream, this.#initialSendWindow, this)
      this.#streams.set(stream.id, stream)
      this.#role.onCall(stream, fields)
      if (block.isLast) this.#endPeerSide(stream)
    }
  }

  #handleReset({ streamId, payload }: Frame): void {
    const stream = this.#streams.get(streamId)
    if (!stream) return
    this.#forget(stream)
    const code = payload.readUInt32BE(0)
    stream.abort(code === ERROR_CODE.cancel ? new Error('context canceled') : new ResetError(code))
  }

  #handleSettings({ flags, payload }: Frame): void {
    if ((flags & FLAG.ack) !== 0) return
    for (const [id, value] of decodeSettings(payload)) {
      if (id !== SETTING.initialWindowSize) continue
      for (const stream of this.#streams.values()) stream.sendWindow += value - this.#initialSendWindow
      this.#initialSendWindow = value
    }
    this.#respond({ type: FRAME.settings, flags: FLAG.ack, streamId: 0, payload: Buffer.alloc(0) })
    this.#sender.growWindow(0, this.#streams.values())
  }

  #handleWindowUpdate({ streamId, payload }: Frame): void {
    const increment = payload.readUInt32BE(0) & 0x7fff_ffff
    const stream = this.#streams.get(streamId)
    if (stream) stream.sendWindow += increment
    this.#sender.growWindow(streamId === 0 ? increment : 0, this.#streams.values())
  }

  #endSide(stream: Http2Stream): void {
    stream.hasEnded = true
    if (stream.hasPeerEnded) this.#forget(stream)
  }

  #endPeerSide(stream: Http2Stream): void {
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
    if (this.#hasEnded) return
    this.#hasEnded = true
    const streams = [...this.#streams.values()]
    this.#streams.clear()
    this.#sender.stop()
    this.#socket.destroy()
    for (const stream of streams) stream.abort(error)
    this.#closed.resolve()
  }
}
