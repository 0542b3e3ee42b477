import type { IncomingMessage } from 'node:http'
import { TruncatedResponseError } from '../../domain/errors.ts'
import type { ResponseHead, StreamedResponse } from './wire.ts'

/** Returns the head of a node:http response. */
export function headOf({ statusCode = 0, statusMessage: statusText = '', headers }: IncomingMessage): ResponseHead {
  return { statusCode, statusText, header: (name) => headerText(headers[name]) }
}

/** Converts a node:http response. */
export function toStreamedResponse(response: IncomingMessage): StreamedResponse {
  return { ...headOf(response), body: response }
}

function headerText(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(', ') : (header ?? '')
}

/** Yields the bytes of a body. @throws TruncatedResponseError with Go's message when the connection breaks */
export async function* detectTruncation(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    throw new TruncatedResponseError('unexpected EOF', { cause })
  }
}
