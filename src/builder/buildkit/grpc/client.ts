import type { Duplex } from 'node:stream'
import { messageOf } from '../../../domain/errors.ts'
import { Http2Connection } from '../http2/connection.ts'
import { ERROR_CODE } from '../http2/frames.ts'
import type { HeaderField } from '../http2/hpack.ts'
import { ResetError } from '../http2/reset-error.ts'
import { encodeMessagePrefix, MessageReader } from './messages.ts'
import { decodeGrpcMessage, GRPC_CODE, GrpcError } from './status.ts'

export interface CallOptions {
  readonly metadata?: readonly HeaderField[]
  /** Cancels the call, at the server too. */
  readonly signal?: AbortSignal
}

/** Calls gRPC methods over a connection. */
export class GrpcClient {
  readonly #connection: Http2Connection

  constructor(socket: Duplex, lostMessage: string) {
    this.#connection = new Http2Connection(socket, { lostMessage })
  }

  /** Calls a method with one request and one response message. @throws GrpcError */
  async call(path: string, message: Uint8Array, options: CallOptions = {}): Promise<Buffer> {
    for await (const response of this.stream(path, message, options)) return response
    throw new GrpcError(GRPC_CODE.unknown, `${path} has no response`)
  }

  /** Calls a method with one request message and a stream of response messages. @throws GrpcError */
  async *stream(
    path: string,
    message: Uint8Array,
    { metadata = [], signal }: CallOptions = {},
  ): AsyncGenerator<Buffer> {
    if (signal?.aborted) throw cancelError()
    const { messages, stream, failure } = this.#open(path, metadata)
    const cancel = () => {
      messages.fail(cancelError())
      stream.reset(ERROR_CODE.cancel)
    }
    signal?.addEventListener('abort', cancel)
    try {
      stream.write(encodeMessagePrefix(message.length))
      stream.write(Buffer.from(message))
      stream.end()
      yield* messages
      const error = failure()
      if (error) throw error
    } finally {
      signal?.removeEventListener('abort', cancel)
      // A reader that stopped early needs no more messages.
      stream.reset(ERROR_CODE.cancel)
    }
  }

  /** Closes the connection, which ends all calls. */
  close(): void {
    this.#connection.close()
  }

  #open(path: string, metadata: readonly HeaderField[]) {
    const received: HeaderField[] = []
    const messages = new MessageReader((length) => stream.consumed(length))
    const sent: HeaderField[] = [
      [':method', 'POST'],
      [':scheme', 'http'],
      [':path', path],
      [':authority', 'localhost'],
      ['content-type', 'application/grpc'],
      ['te', 'trailers'],
      ...metadata,
    ]
    const stream = this.#connection.open(sent, {
      headers: (fields) => void received.push(...fields),
      data: (bytes) => messages.push(bytes),
      end: () => messages.end(),
      abort: (error) => messages.fail(new GrpcError(codeOfAbort(error), messageOf(error))),
    })
    return { stream, messages, failure: () => failureIn(received) }
  }
}

/** gRPC status codes by the HTTP/2 error code of a reset stream, as gRPC maps them. */
const RESET_CODES: Readonly<Record<number, number>> = {
  3: GRPC_CODE.resourceExhausted,
  7: GRPC_CODE.unavailable,
  11: GRPC_CODE.resourceExhausted,
  12: GRPC_CODE.permissionDenied,
}

function codeOfAbort(error: Error): number {
  return error instanceof ResetError ? (RESET_CODES[error.code] ?? GRPC_CODE.internal) : GRPC_CODE.unavailable
}

function cancelError(): GrpcError {
  return new GrpcError(GRPC_CODE.cancelled, 'context canceled')
}

/** Returns the error in the trailers of a call; undefined when it succeeded. */
function failureIn(fields: readonly HeaderField[]): GrpcError | undefined {
  const value = (key: string) => fields.findLast(([name]) => name === key)?.[1]
  const status = value('grpc-status')
  if (status === '0') return undefined
  if (status === undefined) {
    const http = value(':status') ?? ''
    return new GrpcError(GRPC_CODE.unavailable, `the response has no status${http === '' ? '' : ` (HTTP ${http})`}`)
  }
  const details = Buffer.from(value('grpc-status-details-bin') ?? '', 'base64')
  return new GrpcError(Number(status), decodeGrpcMessage(value('grpc-message') ?? ''), details)
}
