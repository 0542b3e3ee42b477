import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import type { Handler, ServerCall } from '../grpc/server.ts'

/** Creates the handler of a method with one request and one response message. */
export function createUnaryHandler<Request extends DescMessage, Response extends DescMessage>(
  request: Request,
  response: Response,
  handle: (
    message: MessageShape<Request>,
    call: ServerCall,
  ) => MessageInitShape<Response> | Promise<MessageInitShape<Response>>,
): Handler {
  return async (call) => {
    for await (const bytes of call.messages) {
      const result = await handle(fromBinary(request, bytes), call)
      call.send(Buffer.from(toBinary(response, create(response, result))))
      return
    }
  }
}
