import type { IncomingMessage } from 'node:http'
import { TruncatedResponseError } from '../../domain/errors.ts'
import type { ResponseHead, StreamedResponse } from './wire.ts'

/** The head of a response of node:http's. */
export function headOf({ statusCode = 0, statusMessage: statusText = '', headers }: IncomingMessage): ResponseHead {
  return { statusCode, statusText, header: (name) => asText(headers[name]) }
}

/** A response of node:http's. */
export function streamedResponse(response: IncomingMessage): StreamedResponse {
  return { ...headOf(response), body: response }
}

function asText(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(', ') : (header ?? '')
}

/** The bytes of a body. @throws TruncatedResponseError in Go's words when it breaks off, whatever the runtime calls that */
export async function* untilCut(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    throw new TruncatedResponseError('unexpected EOF', { cause })
  }
}
