import type { IncomingMessage } from 'node:http'
import { codeOf, TruncatedResponseError } from '../../domain/errors.ts'
import type { ResponseHead, StreamedResponse } from './wire.ts'

/** Go's messages for the errors in bodies that Node's parser detects. */
const BODY_ERRORS: ReadonlyMap<string, string> = new Map([
  ['HPE_INVALID_CHUNK_SIZE', 'invalid byte in chunk length'],
  ['HPE_STRICT', 'malformed chunked encoding'],
])

/** Returns the head of a node:http response. */
export function headOf({ statusCode = 0, statusMessage: statusText = '', headers }: IncomingMessage): ResponseHead {
  return { statusCode, statusText, header: (name) => headerText(headers[name]) }
}

/** Converts a node:http response. */
export function toStreamedResponse(response: IncomingMessage): StreamedResponse {
  return { ...headOf(response), body: detectTruncation(response) }
}

function headerText(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(', ') : (header ?? '')
}

/** Yields the bytes of a body. @throws TruncatedResponseError with Go's message when it is cut or malformed */
export async function* detectTruncation(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body
  } catch (cause) {
    if (cause instanceof TruncatedResponseError) throw cause
    throw new TruncatedResponseError(BODY_ERRORS.get(codeOf(cause) ?? '') ?? 'unexpected EOF', { cause })
  }
}
