/** Reads the bodies of HTTP/1 responses as Go's client does (net/http transfer.go and internal/chunked.go). */
import { TruncatedResponseError } from '../../domain/errors.ts'
import type { BodyFraming } from './http-head.ts'

/** The maximum length of the line before a chunk in bytes. */
const MAX_LINE_LENGTH = 4096

/** The maximum number of digits of a chunk's length. */
const MAX_LENGTH_DIGITS = 16

/** How many bytes may be spent on the lines around chunks, apart from what small chunks need. */
const MAX_EXCESS = 16 * 1024

const [CARRIAGE_RETURN, LINE_FEED] = [13, 10]

/**
 * Yields the body of a response from the bytes after its head. When it ends or is left early, the bytes are closed.
 * @throws TruncatedResponseError with Go's message when the body is cut or its chunks are malformed
 */
export async function* readBody(framing: BodyFraming, bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (framing === 'until-close') yield* bytes
    else if (framing === 'chunked') yield* readChunks(bytes)
    else if (framing > 0) yield* readCounted(framing, bytes)
  } finally {
    await bytes.return(undefined)
  }
}

async function* readCounted(length: number, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let left = length
  for await (const received of bytes) {
    yield received.subarray(0, left)
    left -= received.length
    if (left <= 0) return
  }
  throw new TruncatedResponseError('unexpected EOF')
}

/** Yields the content of chunks as it arrives. What follows the last chunk is ignored: the connection is not reused. */
async function* readChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = new ChunkReader()
  for await (const received of bytes) {
    yield* reader.read(received)
    if (reader.isDone) return
  }
  throw new TruncatedResponseError('unexpected EOF')
}

/** Separates the content of chunks from their lengths. */
class ChunkReader {
  isDone = false
  /** The number of bytes of the current chunk that have not been received. */
  #left = 0n
  #line: number[] = []
  /** What is expected after the content that is left. */
  #next: 'length' | 'end' = 'length'
  #excess = 0

  /** Yields the content of chunks among received bytes. @throws TruncatedResponseError with Go's message */
  read(received: Uint8Array): Generator<Uint8Array> {
    return this.#read(received)
  }

  *#read(received: Uint8Array): Generator<Uint8Array> {
    let at = 0
    while (at < received.length && !this.isDone) {
      if (this.#left > 0n) {
        const available = received.length - at
        const size = this.#left < BigInt(available) ? Number(this.#left) : available
        yield received.subarray(at, at + size)
        at += size
        this.#left -= BigInt(size)
      } else if (this.#next === 'end') {
        this.#readEnd(received[at++] ?? 0)
      } else {
        this.#readLine(received[at++] ?? 0)
      }
    }
  }

  /** Reads the line break after the content of a chunk. */
  #readEnd(byte: number): void {
    if (byte !== (this.#line.length === 0 ? CARRIAGE_RETURN : LINE_FEED)) {
      throw new TruncatedResponseError('malformed chunked encoding')
    }
    this.#line.push(byte)
    if (this.#line.length < 2) return
    this.#line = []
    this.#next = 'length'
  }

  #readLine(byte: number): void {
    if (this.#line.length > MAX_LINE_LENGTH) throw new TruncatedResponseError('header line too long')
    this.#line.push(byte)
    if (byte !== LINE_FEED) return
    const line = this.#line
    this.#line = []
    const end = line.indexOf(CARRIAGE_RETURN)
    if (end < 0) throw new TruncatedResponseError('chunked line ends with bare LF')
    if (end !== line.length - 2) throw new TruncatedResponseError('invalid CR in chunked line')
    this.#left = parseLength(String.fromCharCode(...line.slice(0, -2)))
    this.#next = 'end'
    this.isDone = this.#left === 0n
    this.#excess = Math.max(0, this.#excess + line.length + 2 - 16 - 2 * Number(this.#left))
    if (this.#excess > MAX_EXCESS) throw new TruncatedResponseError('chunked encoding contains too much non-data')
  }
}

/** Parses the line before a chunk. @returns the chunk's length in bytes @throws TruncatedResponseError with Go's message */
function parseLength(line: string): bigint {
  const [digits = ''] = line.replace(/[ \t]+$/, '').split(';', 1)
  if (digits === '') throw new TruncatedResponseError('empty hex number for chunk length')
  if (!/^[\da-fA-F]+$/.test(digits.slice(0, MAX_LENGTH_DIGITS))) {
    throw new TruncatedResponseError('invalid byte in chunk length')
  }
  if (digits.length > MAX_LENGTH_DIGITS) throw new TruncatedResponseError('http chunk length too large')
  return BigInt(`0x${digits}`)
}
