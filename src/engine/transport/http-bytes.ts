import type { ResponseHead, StreamedResponse, WireRequest } from './wire.ts'

/** Longer heads than this are refused by Go's client and by Node. */
const LONGEST_HEAD = 64 * 1024

/** A response that is no HTTP, told as Node's parser tells it. */
class NoHttpError extends Error {
  readonly code = 'HPE_INVALID_CONSTANT'
  readonly rawPacket: Uint8Array

  constructor(rawPacket: Uint8Array) {
    super('Parse Error: Expected HTTP/')
    this.rawPacket = rawPacket
  }
}

/** The connection ended before there was a response, told as node:http tells it. */
export class HangUpError extends Error {
  readonly code = 'ECONNRESET'

  constructor() {
    super('socket hang up')
  }
}

/** A request as it goes over the wire; a header with a list of values is sent once for each. */
export function requestBytes({ method, path, headers }: WireRequest, body: string | Buffer | undefined): Buffer {
  const content = Buffer.from(body ?? '')
  const fields = { Host: 'docker', ...headers, 'Content-Length': content.length }
  const lines = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => `${name}: ${each}\r\n`))
  return Buffer.concat([Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`, 'latin1'), content])
}

/** The response at the beginning of what a connection brings. @throws Error with a code as node:http gives it */
export async function readResponse(bytes: AsyncGenerator<Uint8Array>): Promise<StreamedResponse> {
  let read = Buffer.alloc(0)
  for (;;) {
    const { value, done } = await bytes.next()
    if (done) throw new HangUpError()
    read = Buffer.concat([read, value])
    const response = readHead(read)
    if (response)
      return { ...response.head, body: readBody(response.head, following(read.subarray(response.end), bytes)) }
  }
}

async function* following(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}

/**
 * Reads the head of an HTTP/1 response from what has arrived of it.
 * @returns the head and where the body begins; undefined as long as more must come
 * @throws Error with Node's code for what is no HTTP
 */
export function readHead(bytes: Buffer): { head: ResponseHead; end: number } | undefined {
  const beginning = bytes.toString('latin1', 0, 'HTTP/1.'.length)
  if (!'HTTP/1.'.startsWith(beginning)) throw new NoHttpError(bytes)
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) {
    if (bytes.length > LONGEST_HEAD) throw new NoHttpError(bytes.subarray(0, 100))
    return undefined
  }
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const status = /^HTTP\/1\.\d (\d{3})(?: (.*))?$/.exec(statusLine)
  if (!status) throw new NoHttpError(bytes)
  const headers = new Map(lines.map(field))
  const header = (name: string) => headers.get(name) ?? ''
  return { head: { statusCode: Number(status[1]), statusText: status[2] ?? '', header }, end: end + 4 }
}

function field(line: string): [name: string, value: string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
}

/**
 * The body of a response, from the bytes behind its head: as long as its head says, in chunks, or up to the end.
 * @throws Error when it breaks off
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
  throw new Error('the response breaks off')
}

async function* readChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0)
  for await (const arrived of bytes) {
    rest = Buffer.concat([rest, arrived])
    for (;;) {
      const lineEnd = rest.indexOf('\r\n')
      if (lineEnd < 0) break
      const length = Number.parseInt(rest.toString('latin1', 0, lineEnd), 16)
      if (Number.isNaN(length)) throw new Error('a chunk without a length')
      if (length === 0) return
      const start = lineEnd + 2
      if (rest.length < start + length + 2) break
      yield rest.subarray(start, start + length)
      rest = rest.subarray(start + length + 2)
    }
  }
  throw new Error('the response breaks off')
}
