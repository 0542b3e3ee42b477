import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import { EngineError } from '../../../domain/errors.ts'
import type { Connection } from '../../../engine/connection.ts'
import { NoBuildKitError } from '../../builder.ts'
import type { GrpcClient } from '../grpc/client.ts'
import { openControlClient } from './client.ts'

const SERVICE = '/moby.buildkit.v1.Control'

/**
 * Opens a client of BuildKit's control API, uses it and closes it.
 * @throws NoBuildKitError when the engine has no BuildKit; EngineError ConnectionError GrpcError
 */
export async function withControlClient<T>(
  connection: Connection,
  signal: AbortSignal,
  use: (client: GrpcClient) => Promise<T>,
): Promise<T> {
  const client = await openControlClient(connection, signal).catch((error: unknown) => {
    const isUnknown = error instanceof EngineError && [404, 405, 501].includes(error.statusCode)
    throw isUnknown ? new NoBuildKitError(error.message) : error
  })
  try {
    return await use(client)
  } finally {
    client.close()
  }
}

/** Calls a method of the control API with one response. @throws GrpcError */
export async function callControl<I extends DescMessage, O extends DescMessage>(
  client: GrpcClient,
  method: { readonly name: string; readonly input: I; readonly output: O },
  message: MessageInitShape<I>,
  signal: AbortSignal,
): Promise<MessageShape<O>> {
  const { name, input, output } = method
  const bytes = await client.call(`${SERVICE}/${name}`, toBinary(input, create(input, message)), { signal })
  return fromBinary(output, bytes)
}

/** Calls a method of the control API with a stream of responses. @throws GrpcError */
export async function* streamControl<I extends DescMessage, O extends DescMessage>(
  client: GrpcClient,
  method: { readonly name: string; readonly input: I; readonly output: O },
  message: MessageInitShape<I>,
  signal: AbortSignal,
): AsyncGenerator<MessageShape<O>> {
  const { name, input, output } = method
  const request = toBinary(input, create(input, message))
  for await (const bytes of client.stream(`${SERVICE}/${name}`, request, { signal })) yield fromBinary(output, bytes)
}
