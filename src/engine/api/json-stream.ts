import { JsonScanner } from '../../domain/go/json-scanner.ts'
import type { JsonMessage } from '../../domain/image/json-message.ts'
import { asObject, type Shape } from './shape.ts'
import { JSON_MESSAGE } from './shapes/image.ts'

/** Go's error for a stream that ends within a value. */
const UNEXPECTED_EOF = 'unexpected EOF'

/** The largest accepted message, so that a message without an end does not fill the memory. */
const MAX_MESSAGE_LENGTH = 64 * 1024 * 1024

/**
 * Parses the messages of a streamed response. Daemons send one JSON object per line, but chunks may split a line, an
 * object may span several lines or share one, and the last newline may be missing.
 * @throws Error with Go's message: `unexpected EOF` when the stream ends within a message
 */
export async function* readJsonStream<T extends object = JsonMessage>(
  bytes: AsyncIterable<Uint8Array>,
  shape: Shape = JSON_MESSAGE,
): AsyncGenerator<Partial<T>> {
  for await (const values of splitMessages<T | null>(bytes, JSON.parse)) {
    for (const value of values) yield asObject<T>(value, shape)
  }
}

/**
 * Splits a streamed response into messages like `readJsonStream`, but yields their text: some of the daemon's
 * integers are too large for JavaScript's numbers. Messages that arrive together are yielded together, so that they can
 * be printed by one write. Its time is linear in the size of the response.
 * @throws Error with Go's message, once the messages before the error have been yielded
 */
export function readJsonTexts(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  return splitMessages(bytes, (text) => {
    JSON.parse(text)
    return text
  })
}

/** @param parse returns what is yielded for the text of a message, and throws an error when it is not JSON */
async function* splitMessages<T>(
  bytes: AsyncIterable<Uint8Array>,
  parse: (text: string) => T,
): AsyncGenerator<readonly T[]> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  const splitter = new MessageSplitter(parse)
  for await (const chunk of bytes) yield* together(splitter.add(decoder.decode(chunk, { stream: true })))
  yield* together(splitter.end())
}

/** Yields all items as one list; those before an error, too. */
export function* together<T>(items: Iterable<T>): Generator<readonly T[]> {
  const list: T[] = []
  let failure: unknown
  try {
    for (const item of items) list.push(item)
  } catch (error) {
    failure = error
  }
  if (list.length > 0) yield list
  if (failure !== undefined) throw failure
}

/**
 * The longest line that is first tried as a whole. It cannot contain values that are nested more deeply than Go allows.
 */
const MAX_LINE_LENGTH = 10_000

/** Splits a text that arrives in pieces into JSON values. */
class MessageSplitter<T> {
  readonly #parse: (text: string) => T
  #scanner = new JsonScanner()
  /** The pieces of the current message. */
  #pieces: string[] = []
  #length = 0

  constructor(parse: (text: string) => T) {
    this.#parse = parse
  }

  /** Yields the messages that a piece completes. @throws Error with Go's message */
  *add(piece: string): Generator<T> {
    let start = 0
    for (;;) {
      // Each line is tried once, at its beginning.
      const isLineStart = this.#pieces.length === 0 && (start === 0 || piece[start - 1] === '\n')
      const lineEnd = isLineStart ? piece.indexOf('\n', start) : -1
      const object = lineEnd < 0 ? undefined : this.#parseLine(piece.slice(start, lineEnd))
      if (object) {
        yield object.value
        start = lineEnd + 1
        continue
      }
      const end = this.#scanner.scan(piece, start)
      if (end < 0) break
      yield this.#complete(piece.slice(start, end))
      start = end
    }
    if (this.#scanner.isEmpty) return
    this.#pieces.push(piece.slice(start))
    this.#length += piece.length - start
    if (this.#length > MAX_MESSAGE_LENGTH) throw new Error(`a message is longer than ${MAX_MESSAGE_LENGTH} characters`)
  }

  /** Ends the text. Yields a number at its end, which nothing else completes. @throws Error with Go's message */
  *end(): Generator<T> {
    if (this.#scanner.isEmpty) return
    if (!this.#scanner.finish()) throw new Error(UNEXPECTED_EOF)
    yield this.#complete('')
  }

  /** Parses a line that is one JSON object, which is faster than to scan it for the end of the object. */
  #parseLine(line: string): { readonly value: T } | undefined {
    if (!line.startsWith('{') || line.length > MAX_LINE_LENGTH) return undefined
    try {
      return { value: this.#parse(line.trimEnd()) }
    } catch {
      return undefined
    }
  }

  #complete(last: string): T {
    const message = [...this.#pieces, last].join('').trim()
    this.#pieces = []
    this.#length = 0
    this.#scanner = new JsonScanner()
    return this.#parse(message)
  }
}
