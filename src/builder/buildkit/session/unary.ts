import {
  create,
  type DescMessage,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf'
import type { Handler, ServerCall } from '../grpc/server.ts'

/** A method with one message each way. */
export function unary<Request extends DescMessage, Response extends DescMessage>(
  request: Request,
  response: Response,
  answer: (
    message: MessageShape<Request>,
    call: ServerCall,
  ) => MessageInitShape<Response> | Promise<MessageInitShape<Response>>,
): Handler {
  return async (call) => {
    for await (const bytes of call.messages) {
      const answered = await answer(fromBinary(request, bytes), call)
      call.send(Buffer.from(toBinary(response, create(response, answered))))
      return
    }
  }
}
