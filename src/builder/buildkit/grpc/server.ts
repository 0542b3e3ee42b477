import type { Duplex } from 'node:stream'
import { messageOf } from '../../../domain/errors.ts'
import { Http2Connection } from '../http2/connection.ts'
import type { HeaderField } from '../http2/hpack.ts'
import type { Http2Stream } from '../http2/stream.ts'
import { MessageReader, messagePrefix } from './messages.ts'
import { encodeGrpcMessage, GRPC_CODE, GrpcError } from './status.ts'

/** One call that the peer makes. */
export interface ServerCall {
  /** Every value that the peer sent under a name, in order. */
  metadata(name: string): readonly string[]
  /** All names that the peer sent. */
  readonly metadataNames: readonly string[]
  readonly messages: AsyncIterable<Buffer>
  /** Sends one message, in parts that must not change before it is gone. */
  send(...parts: readonly Buffer[]): void
  /** Settles when it makes sense to send more; undefined where it does now. */
  room(): Promise<void> | undefined
  /** Aborts when the peer gives the call up or goes away. */
  readonly signal: AbortSignal
}

/** Responses a call; a GrpcError's code and message go to the peer, any other error as unknown. */
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
      const { call, begin } = openCall(stream, fields)
      const path = fields.find(([name]) => name === ':path')?.[1] ?? ''
      void response(stream, call, methods[path], path, begin)
    },
  })
}

async function response(
  stream: Http2Stream,
  call: ServerCall,
  handler: Handler | undefined,
  path: string,
  begin: () => void,
): Promise<void> {
  try {
    if (!handler) throw new GrpcError(GRPC_CODE.unimplemented, `unknown method ${path}`)
    await handler(call)
    begin()
    stream.end([['grpc-status', '0']])
  } catch (error) {
    const code = error instanceof GrpcError ? error.code : GRPC_CODE.unknown
    begin()
    stream.end([
      ['grpc-status', String(code)],
      ['grpc-message', encodeGrpcMessage(messageOf(error))],
    ])
  }
}

function openCall(stream: Http2Stream, fields: readonly HeaderField[]) {
  const messages = new MessageReader((length) => stream.consumed(length))
  const aborter = new AbortController()
  stream.listen({
    headers: () => {},
    data: (bytes) => messages.push(bytes),
    end: () => messages.end(),
    cut: (error) => {
      messages.fail(error)
      aborter.abort(error)
    },
  })
  let hasBegun = false
  const begin = () => {
    if (hasBegun) return
    hasBegun = true
    stream.headers([
      [':status', '200'],
      ['content-type', 'application/grpc'],
    ])
  }
  const call: ServerCall = {
    metadata: (wanted) => fields.filter(([name]) => name === wanted).map(([, value]) => value),
    metadataNames: fields.map(([name]) => name),
    messages,
    send: (...parts) => {
      begin()
      stream.write(messagePrefix(parts.reduce((length, part) => length + part.length, 0)))
      for (const part of parts) stream.write(part)
    },
    room: () => stream.room(),
    signal: aborter.signal,
  }
  return { call, begin }
}
