import type { Duplex } from 'node:stream'
import { messageOf } from '../../../domain/errors.ts'
import { Http2Connection } from '../http2/connection.ts'
import type { HeaderField } from '../http2/hpack.ts'
import type { Http2Stream } from '../http2/stream.ts'
import { encodeMessagePrefix, MessageReader } from './messages.ts'
import { encodeGrpcMessage, GRPC_CODE, GrpcError } from './status.ts'

/** A call of the peer. */
export interface ServerCall {
  /** Returns all values of a metadata name, in order. */
  metadata(name: string): readonly string[]
  /** All metadata names. */
  readonly metadataNames: readonly string[]
  readonly messages: AsyncIterable<Buffer>
  /** Sends one message in parts, which must not be modified before they are sent. */
  send(...parts: readonly Buffer[]): void
  /** Returns a promise that settles when more can be sent; undefined when it can now. */
  room(): Promise<void> | undefined
  /** Aborts when the peer cancels the call or disconnects. */
  readonly signal: AbortSignal
}

/** Handles a call. A GrpcError is sent to the peer with its code, any other error with the code `unknown`. */
export type Handler = (call: ServerCall) => Promise<void>

/** Methods by their path, such as `/grpc.health.v1.Health/Check`. */
export type Methods = Readonly<Record<string, Handler>>

/**
 * Serves gRPC on a connection.
 * @returns the connection; the caller closes it
 */
export function serve(socket: Duplex, methods: Methods, lostMessage: string): Http2Connection {
  return new Http2Connection(socket, {
    lostMessage,
    onCall: (stream, fields) => {
      const { call, sendHeaders } = openCall(stream, fields)
      const path = fields.find(([name]) => name === ':path')?.[1] ?? ''
      void handle(stream, call, methods[path], path, sendHeaders)
    },
  })
}

async function handle(
  stream: Http2Stream,
  call: ServerCall,
  handler: Handler | undefined,
  path: string,
  sendHeaders: () => void,
): Promise<void> {
  try {
    if (!handler) throw new GrpcError(GRPC_CODE.unimplemented, `unknown method ${path}`)
    await handler(call)
    sendHeaders()
    stream.end([['grpc-status', '0']])
  } catch (error) {
    const code = error instanceof GrpcError ? error.code : GRPC_CODE.unknown
    sendHeaders()
    stream.end([
      ['grpc-status', String(code)],
      ['grpc-message', encodeGrpcMessage(messageOf(error))],
    ])
  }
}

function openCall(stream: Http2Stream, fields: readonly HeaderField[]) {
  const messages = new MessageReader((length) => stream.consumed(length))
  const abortController = new AbortController()
  stream.listen({
    headers: () => {},
    data: (bytes) => messages.push(bytes),
    end: () => messages.end(),
    abort: (error) => {
      messages.fail(error)
      abortController.abort(error)
    },
  })
  let hasSentHeaders = false
  const sendHeaders = () => {
    if (hasSentHeaders) return
    hasSentHeaders = true
    stream.headers([
      [':status', '200'],
      ['content-type', 'application/grpc'],
    ])
  }
  const call: ServerCall = {
    metadata: (key) => fields.filter(([name]) => name === key).map(([, value]) => value),
    metadataNames: fields.map(([name]) => name),
    messages,
    send: (...parts) => {
      sendHeaders()
      stream.write(encodeMessagePrefix(parts.reduce((length, part) => length + part.length, 0)))
      for (const part of parts) stream.write(part)
    },
    room: () => stream.room(),
    signal: abortController.signal,
  }
  return { call, sendHeaders }
}
