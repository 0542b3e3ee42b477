/** Serializes HTTP/1.1 requests and reads responses, for connections that do not use node:http. */
import { readBody } from './http-body.ts'
import { HangUpError, HeadReader } from './http-head.ts'
import type { StreamedResponse, WireRequest } from './wire.ts'

/** Serializes a request with its body. */
export function serializeRequest(request: WireRequest, body: string | Buffer | undefined): Buffer {
  const content = Buffer.from(body ?? '')
  return Buffer.concat([serializeHead(request, { 'Content-Length': content.length }), content])
}

/**
 * Serializes a request without its body. A header with a list of values is written once for each value.
 * @param framing the header that says how the end of the body is found
 */
export function serializeHead({ method, path, headers }: WireRequest, framing: WireRequest['headers']): Buffer {
  const fields = { Host: 'docker', ...headers, ...framing }
  const lines = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => `${name}: ${each}\r\n`))
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1')
}

/**
 * Reads a response from the bytes of a connection, which are closed with the body. A 101 has no body: its connection
 * is closed at once.
 * @param method of the request
 * @throws Error with the code that node:http uses; MalformedResponseError
 */
export async function readResponse(method: string, bytes: AsyncGenerator<Uint8Array>): Promise<StreamedResponse> {
  const reader = new HeadReader(method)
  try {
    for (;;) {
      const { value, done } = await bytes.next()
      if (done) throw new HangUpError()
      const response = reader.add(value)
      if (!response) continue
      const { head, framing, rest } = response
      if (framing === 0) await bytes.return(undefined)
      return { ...head, body: readBody(framing, concat(rest, bytes)) }
    }
  } catch (error) {
    await bytes.return(undefined)
    throw error
  }
}

async function* concat(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}
