/** Serializes HTTP/1.1 requests, for connections that do not use node:http. */
import { toBytes } from '../../domain/go/bytes.ts'
import type { WireRequest } from './wire.ts'

/** Serializes a request with its body. */
export function serializeRequest(request: WireRequest, body: string | Buffer = ''): Uint8Array {
  if (body.length === 0) return serializeHead(request, { 'Content-Length': 0 })
  return Buffer.concat([serializeHead(request, { 'Content-Length': Buffer.byteLength(body) }), Buffer.from(body)])
}

/**
 * Serializes a request without its body. A header with a list of values is written once for each value.
 * Values are encoded as UTF-8, as Go does it.
 * @param framing the header that says how the end of the body is found
 */
export function serializeHead({ method, path, headers }: WireRequest, framing: WireRequest['headers']): Uint8Array {
  let head = `${method} ${path} HTTP/1.1\r\n`
  for (const [name, value] of Object.entries({ Host: 'docker', ...headers, ...framing })) {
    if (Array.isArray(value)) for (const each of value) head += `${name}: ${each}\r\n`
    else head += `${name}: ${value}\r\n`
  }
  return toBytes(`${head}\r\n`)
}
