/** Reads the bodies of HTTP/1 responses as Go's client does (net/http transfer.go and internal/chunked.go). */
import { TruncatedResponseError } from '../../domain/errors.ts'
import type { BodyFraming } from './http-head.ts'

/** The maximum length of the line before a chunk in bytes. */
const MAX_LINE_LENGTH = 4096

/** The maximum number of digits of a chunk's length. */
const MAX_LENGTH_DIGITS = 16

/** The number of digits up to which a length is an exact number. */
const MAX_EXACT_DIGITS = 13

/** How many bytes may be spent on the lines around chunks, apart from what small chunks need. */
const MAX_EXCESS = 16 * 1024

const [CARRIAGE_RETURN, LINE_FEED] = [13, 10]

const NOTHING = new Uint8Array(0)

/** Takes a body out of the bytes that are received after the head of its response. */
export interface BodyReader {
  /** Whether the body has ended. */
  readonly isDone: boolean
  /** Whether the body has ended with the last byte that was received, so that the connection can be used again. */
  readonly isExact: boolean
  /** What is wrong with the bytes after those that `read` returned; Go's message. */
  readonly failure: TruncatedResponseError | undefined
  /** Returns the content among received bytes, which may be overwritten. It is in one piece, so that it is cheap to use. */
  read(received: Uint8Array): Uint8Array
  /** Ends the body with the connection. @throws TruncatedResponseError with Go's message when it is cut */
  end(): void
}

export function createBodyReader(framing: BodyFraming): BodyReader {
  if (framing === 'chunked') return new ChunkedBody()
  return framing === 'until-close' ? new OpenBody() : new CountedBody(framing)
}

/**
 * Yields the body of a response from the bytes after its head. When it ends or is left early, the bytes are closed.
 * @throws TruncatedResponseError with Go's message when the body is cut or its chunks are malformed
 */
export async function* readBody(framing: BodyFraming, bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = createBodyReader(framing)
  try {
    if (reader.isDone) return
    for await (const received of bytes) {
      const content = reader.read(received)
      if (content.length > 0) yield content
      if (reader.failure) throw reader.failure
      if (reader.isDone) return
    }
    reader.end()
  } finally {
    await bytes.return(undefined)
  }
}

/** A body that arrived completely with its head. It can be iterated like one that is streamed. */
export class CompleteBody implements AsyncIterable<Uint8Array> {
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    if (this.bytes.length > 0) yield this.bytes
  }
}

/** A body that ends with the connection. */
class OpenBody implements BodyReader {
  readonly isDone = false
  readonly isExact = false
  readonly failure = undefined

  read(received: Uint8Array): Uint8Array {
    return received
  }

  end(): void {}
}

/** A body whose length is known. */
class CountedBody implements BodyReader {
  readonly failure = undefined
  #left: number

  constructor(length: number) {
    this.#left = length
  }

  get isDone(): boolean {
    return this.#left <= 0
  }

  get isExact(): boolean {
    return this.#left === 0
  }

  read(received: Uint8Array): Uint8Array {
    const content = received.length > this.#left ? received.subarray(0, this.#left) : received
    this.#left -= received.length
    return content
  }

  end(): void {
    throw new TruncatedResponseError('unexpected EOF')
  }
}

/**
 * A body in chunks. Daemons send each line of a log and each event as a chunk, so the contents of the chunks that arrive
 * together are moved next to each other.
 */
class ChunkedBody implements BodyReader {
  isDone = false
  isExact = false
  failure: TruncatedResponseError | undefined
  /** The number of bytes of the current chunk that have not been received. From 2^53 on it is not exact. */
  #left = 0
  /** The received part of a line that is not complete: the one with a length, or the empty one after a chunk. */
  #line: number[] = []
  /** What is expected after the content that is left. */
  #next: 'length' | 'end' = 'length'
  #excess = 0

  read(received: Uint8Array): Uint8Array {
    let [at, start, end] = [0, 0, 0]
    try {
      while (at < received.length && !this.isDone) {
        if (this.#left > 0) {
          const size = Math.min(this.#left, received.length - at)
          if (start === end) [start, end] = [at, at]
          if (end !== at) received.copyWithin(end, at, at + size)
          end += size
          at += size
          this.#left -= size
        } else {
          at = this.#skipLines(received, at) ?? this.#readByte(received, at)
        }
      }
    } catch (error) {
      if (!(error instanceof TruncatedResponseError)) throw error
      this.failure = error
    }
    // A trailer is not read: a connection on which one is sent is not used again.
    this.isExact =
      this.isDone && received.length - at === 2 && received[at] === CARRIAGE_RETURN && received[at + 1] === LINE_FEED
    return start === end ? NOTHING : received.subarray(start, end)
  }

  end(): void {
    throw new TruncatedResponseError('unexpected EOF')
  }

  /**
   * Reads the line break after the content of a chunk and the line with the next length, when they are received as a whole
   * and the line has nothing but digits. @returns the place after them; undefined for anything else
   */
  #skipLines(received: Uint8Array, start: number): number | undefined {
    if (this.#line.length > 0) return undefined
    let at = start
    if (this.#next === 'end') {
      if (received[at] !== CARRIAGE_RETURN || received[at + 1] !== LINE_FEED) return undefined
      at += 2
    }
    const line = at
    let length = 0
    for (let digit = hexDigit(received[at]); digit >= 0; digit = hexDigit(received[++at])) length = length * 16 + digit
    const digits = at - line
    if (digits === 0 || digits > MAX_EXACT_DIGITS) return undefined
    if (received[at] !== CARRIAGE_RETURN || received[at + 1] !== LINE_FEED) return undefined
    this.#beginChunk(length, digits + 2)
    return at + 2
  }

  /** Reads a byte of a line. @returns the place after it */
  #readByte(received: Uint8Array, at: number): number {
    if (this.#next === 'end') this.#readEnd(received[at] ?? 0)
    else this.#readLine(received[at] ?? 0)
    return at + 1
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
    this.#beginChunk(parseLength(String.fromCharCode(...line.slice(0, -2))), line.length)
  }

  /** @param lineLength of the line with the length, its line break included */
  #beginChunk(length: number, lineLength: number): void {
    this.#left = length
    this.#next = 'end'
    this.isDone = length === 0
    this.#excess = Math.max(0, this.#excess + lineLength + 2 - 16 - 2 * length)
    if (this.#excess > MAX_EXCESS) throw new TruncatedResponseError('chunked encoding contains too much non-data')
  }
}

/** Returns the value of a hexadecimal digit in ASCII; -1 for another byte, or none. */
function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

/** Parses the line before a chunk. @returns the chunk's length in bytes @throws TruncatedResponseError with Go's message */
function parseLength(line: string): number {
  const [digits = ''] = line.replace(/[ \t]+$/, '').split(';', 1)
  if (digits === '') throw new TruncatedResponseError('empty hex number for chunk length')
  if (!/^[\da-fA-F]+$/.test(digits.slice(0, MAX_LENGTH_DIGITS))) {
    throw new TruncatedResponseError('invalid byte in chunk length')
  }
  if (digits.length > MAX_LENGTH_DIGITS) throw new TruncatedResponseError('http chunk length too large')
  return Number.parseInt(digits, 16)
}
