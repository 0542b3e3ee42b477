/** Serializes HTTP/1.1 requests, for connections that do not use node:http. */
import type { WireRequest } from './wire.ts'

/** Serializes a request with its body. */
export function serializeRequest(request: WireRequest, body: string | Buffer = ''): Buffer {
  const head = serializeHead(request, { 'Content-Length': Buffer.byteLength(body) })
  return body.length === 0 ? head : Buffer.concat([head, Buffer.from(body)])
}

/**
 * Serializes a request without its body. A header with a list of values is written once for each value.
 * @param framing the header that says how the end of the body is found
 */
export function serializeHead({ method, path, headers }: WireRequest, framing: WireRequest['headers']): Buffer {
  let head = `${method} ${path} HTTP/1.1\r\n`
  for (const [name, value] of Object.entries({ Host: 'docker', ...headers, ...framing })) {
    if (Array.isArray(value)) for (const each of value) head += `${name}: ${each}\r\n`
    else head += `${name}: ${value}\r\n`
  }
  return Buffer.from(`${head}\r\n`, 'latin1')
}
