/** Serializes HTTP/1.1 requests and parses responses, for connections that do not use node:http. */
import type { ResponseHead, StreamedResponse, WireRequest } from './wire.ts'

/** The maximum size of a response's header section in bytes. */
const MAX_HEAD_SIZE = 64 * 1024

/** A response that is not HTTP. It has the code and the fields of the error that Node's parser throws. */
class MalformedHttpError extends Error {
  readonly code = 'HPE_INVALID_CONSTANT'
  readonly rawPacket: Uint8Array

  constructor(rawPacket: Uint8Array) {
    super('Parse Error: Expected HTTP/')
    this.rawPacket = rawPacket
  }
}

/** A connection that ended before the response. It has the code of node:http's error. */
export class HangUpError extends Error {
  readonly code = 'ECONNRESET'

  constructor() {
    super('socket hang up')
  }
}

/** Serializes a request. A header with a list of values is written once for each value. */
export function serializeRequest({ method, path, headers }: WireRequest, body: string | Buffer | undefined): Buffer {
  const content = Buffer.from(body ?? '')
  const fields = { Host: 'docker', ...headers, 'Content-Length': content.length }
  const lines = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => `${name}: ${each}\r\n`))
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), content])
}

/** Reads a response from the bytes of a connection. @throws Error with the code that node:http uses */
export async function readResponse(bytes: AsyncGenerator<Uint8Array>): Promise<StreamedResponse> {
  let received = Buffer.alloc(0)
  for (;;) {
    const { value, done } = await bytes.next()
    if (done) throw new HangUpError()
    received = Buffer.concat([received, value])
    const response = parseHead(received)
    if (response)
      return { ...response.head, body: readBody(response.head, concat(received.subarray(response.end), bytes)) }
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

/**
 * Parses the status line and headers of an HTTP/1 response from the bytes received so far.
 * @returns the head and the offset of the body; undefined while the head is incomplete
 * @throws Error with Node's code when the response is not HTTP
 */
export function parseHead(bytes: Buffer): { head: ResponseHead; end: number } | undefined {
  const beginning = bytes.toString('latin1', 0, 'HTTP/1.'.length)
  if (!'HTTP/1.'.startsWith(beginning)) throw new MalformedHttpError(bytes)
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) {
    if (bytes.length > MAX_HEAD_SIZE) throw new MalformedHttpError(bytes.subarray(0, 100))
    return undefined
  }
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const status = /^HTTP\/1\.\d (\d{3})(?: (.*))?$/.exec(statusLine)
  if (!status) throw new MalformedHttpError(bytes)
  const headers = new Map(lines.map(parseHeader))
  const header = (name: string) => headers.get(name) ?? ''
  return { head: { statusCode: Number(status[1]), statusText: status[2] ?? '', header }, end: end + 4 }
}

function parseHeader(line: string): [name: string, value: string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}

/**
 * Reads the body of a response from the bytes after its head: by its Content-Length, in chunks, or until the connection
 * ends.
 * @throws Error when the connection ends before the body does
 */
export async function* readBody(head: ResponseHead, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (/\bchunked\b/i.test(head.header('transfer-encoding'))) return yield* readChunks(bytes)
  const length = head.header('content-length')
  if (length === '') return yield* bytes
  let left = Number(length)
  for await (const chunk of left > 0 ? bytes : []) {
    yield chunk.subarray(0, left)
    left -= chunk.length
    if (left <= 0) return
  }
  if (left === 0) return
  throw new Error('the response is incomplete')
}

async function* readChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0)
  for await (const received of bytes) {
    rest = Buffer.concat([rest, received])
    for (;;) {
      const lineEnd = rest.indexOf('\r\n')
      if (lineEnd < 0) break
      const length = Number.parseInt(rest.toString('latin1', 0, lineEnd), 16)
      if (Number.isNaN(length)) throw new Error('the length of a chunk is missing')
      if (length === 0) return
      const start = lineEnd + 2
      if (rest.length < start + length + 2) break
      yield rest.subarray(start, start + length)
      rest = rest.subarray(start + length + 2)
    }
  }
  throw new Error('the response is incomplete')
}
