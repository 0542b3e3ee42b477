/** Parses the heads of HTTP/1 responses as Go's client does (net/http response.go, net/textproto reader.go). */
import { consistsOf, DIGITS } from '../../domain/characters.ts'
import { goQuote } from '../../domain/go/quote.ts'
import { MalformedResponseError } from './malformed-response.ts'
import type { ResponseHead } from './wire.ts'

/** The maximum size of all heads of a response in bytes, informational ones included: that of Go's client. */
const MAX_HEAD_SIZE = 10 * 1024 * 1024

/** The number of digits up to which a length is an exact number. */
const MAX_EXACT_DIGITS = 15

const [CARRIAGE_RETURN, LINE_FEED] = [13, 10]

/** How the end of a body is found: by its length in bytes, in chunks, or at the end of the connection. */
export type BodyFraming = number | 'chunked' | 'until-close'

/** The head of a response, and what it says about the body. */
export interface ParsedHead {
  readonly head: ResponseHead
  readonly framing: BodyFraming
  /** Whether the daemon keeps the connection open for another request. */
  readonly isPersistent: boolean
}

/** A response that is not HTTP. It has the code and the fields of the error that Node's parser throws. */
class NotHttpError extends Error {
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

/**
 * The head that was parsed last, and its text. A daemon that gets many short requests sends the same head again and again,
 * and parsing one takes longer than sending the request.
 */
let recent: { readonly text: string; readonly method: string; readonly parsed: ParsedHead } | undefined

/** A complete head with the bytes that were received after it. */
export interface CompleteHead extends ParsedHead {
  readonly rest: Uint8Array
}

/**
 * Reads the head of a response from the bytes of a connection, in time that is linear in their number. Informational
 * responses before it are skipped, except for 101.
 */
export class HeadReader {
  readonly #method: string
  readonly #lines: string[] = []
  #size = 0
  /** The received part of a line that is not complete. */
  #partialLine: Buffer[] = []

  /** @param method of the request: a response to HEAD has no body */
  constructor(method: string) {
    this.#method = method
  }

  /**
   * Adds received bytes.
   * @returns the head; undefined while it is incomplete
   * @throws Error with Node's code when the response is not HTTP; MalformedResponseError
   */
  add(bytes: Uint8Array): CompleteHead | undefined {
    const received = bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    if (this.#size > 0) return this.#addLines(received)
    const end = received.indexOf('\r\n\r\n')
    if (end < 0) return this.#addLines(received)
    const text = received.toString('latin1', 0, end)
    if (recent?.text === text && recent.method === this.#method) {
      return { ...recent.parsed, rest: received.subarray(end + 4) }
    }
    const head = this.#addLines(received)
    // If an informational response came first, the text is that of its head, so it is not kept.
    if (head?.rest.length === received.length - end - 4) {
      const { rest: _, ...parsed } = head
      recent = { text, method: this.#method, parsed }
    }
    return head
  }

  #addLines(received: Buffer): CompleteHead | undefined {
    let at = 0
    for (let end = received.indexOf(LINE_FEED); end >= 0; end = received.indexOf(LINE_FEED, at)) {
      this.#partialLine.push(received.subarray(at, end))
      at = end + 1
      const head = this.#endLine()
      if (head) return { ...head, rest: received.subarray(at) }
    }
    if (at < received.length) this.#partialLine.push(received.subarray(at))
    this.#size += received.length
    if (this.#size > MAX_HEAD_SIZE) {
      throw new MalformedResponseError(`server response headers exceeded ${MAX_HEAD_SIZE} bytes; aborted`)
    }
    this.#checkBeginning()
    return undefined
  }

  #endLine(): ParsedHead | undefined {
    const [first, ...others] = this.#partialLine
    const bytes = first && others.length === 0 ? first : Buffer.concat(this.#partialLine)
    const line = bytes.toString(
      'latin1',
      0,
      bytes[bytes.length - 1] === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length,
    )
    this.#partialLine = []
    if (line !== '' || this.#lines.length === 0) {
      this.#lines.push(line)
      if (this.#lines.length === 1) parseStatusLine(line)
      return undefined
    }
    const lines = this.#lines.splice(0)
    const head = parseHead(lines, this.#method)
    const { statusCode } = head.head
    return statusCode >= 100 && statusCode < 200 && statusCode !== 101 ? undefined : head
  }

  /** Reports bytes that cannot become a status line at once, because their line may have no end. */
  #checkBeginning(): void {
    const [first] = this.#partialLine
    if (this.#lines.length > 0 || !first) return
    const beginning = first.toString('latin1', 0, 'HTTP/'.length).toUpperCase()
    if (!'HTTP/'.startsWith(beginning)) throw new NotHttpError(Buffer.concat(this.#partialLine))
  }
}

interface StatusLine {
  readonly statusCode: number
  readonly statusText: string
  /** Whether the response is HTTP/1.1 or newer. */
  readonly isModern: boolean
}

function parseStatusLine(line: string): StatusLine {
  const [version = '', ...others] = line.split(' ')
  if (others.length === 0) throw new NotHttpError(Buffer.from(line, 'latin1'))
  const status = others.join(' ').trimStart()
  const [code = ''] = status.split(' ', 1)
  if (code.length !== 3 || !consistsOf(code, DIGITS))
    throw new MalformedResponseError(`malformed HTTP status code ${goQuote(code)}`)
  return { statusCode: Number(code), statusText: status.slice(code.length + 1), isModern: isModernVersion(version) }
}

/** @throws MalformedResponseError for what is no version of HTTP */
function isModernVersion(version: string): boolean {
  if (version === 'HTTP/1.1') return true
  const [, major, minor] = /^HTTP\/(\d)\.(\d)$/.exec(version) ?? []
  if (major === undefined) throw new MalformedResponseError(`malformed HTTP version ${goQuote(version)}`)
  return Number(major) > 1 || (major === '1' && minor !== '0')
}

function parseHead([statusLine = '', ...headerLines]: readonly string[], method: string): ParsedHead {
  const { statusCode, statusText, isModern } = parseStatusLine(statusLine)
  const headers = parseHeaders(headerLines)
  const header = (name: string) => headers.get(name)?.join(', ') ?? ''
  const framing = bodyFraming(headers, isModern)
  const isInformational = statusCode >= 100 && statusCode < 200
  const hasBody = method !== 'HEAD' && !isInformational && statusCode !== 204 && statusCode !== 304
  const isPersistent = isModern && statusCode !== 101 && !closesConnection(header('connection'))
  return { head: { statusCode, statusText, header }, framing: hasBody ? framing : 0, isPersistent }
}

/** @param connection the header of that name: a list of words */
function closesConnection(connection: string): boolean {
  return connection !== '' && /\bclose\b/i.test(connection)
}

/** Parses header lines, of which some may continue the previous one. */
function parseHeaders(lines: readonly string[]): Map<string, string[]> {
  const [first = ''] = lines
  if (isBlank(first[0])) throw new MalformedResponseError(`malformed MIME header initial line: ${first}`)
  const joined: string[][] = []
  for (const line of lines) {
    if (isBlank(line[0])) joined.at(-1)?.push(trimBlanks(line))
    else joined.push([trimBlanks(line)])
  }
  const headers = new Map<string, string[]>()
  for (const parts of joined) {
    const line = parts.join(' ')
    const colon = line.indexOf(':')
    if (colon < 0) throw new MalformedResponseError(`malformed MIME header: missing colon: ${goQuote(line)}`)
    const name = line.slice(0, colon)
    const value = line.slice(colon + 1)
    if (name === '' || !consistsOf(name, NAME_CHARACTERS) || hasControlCharacter(value)) {
      throw new MalformedResponseError(`malformed MIME header line: ${line}`)
    }
    const values = headers.get(name.toLowerCase())
    if (values) values.push(trimBlanks(value))
    else headers.set(name.toLowerCase(), [trimBlanks(value)])
  }
  return headers
}

/** What names of headers consist of. Go accepts spaces too, but a name with a space is that of no known header. */
const NAME_CHARACTERS = `ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_${DIGITS}!#$%&'*+.^\`|~ `

/** Whether a value contains a control character other than a tab. */
function hasControlCharacter(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if ((code < 0x20 && code !== 9) || code === 0x7f) return true
  }
  return false
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

function trimBlanks(text: string): string {
  let [start, end] = [0, text.length]
  while (isBlank(text[start])) start++
  while (end > start && isBlank(text[end - 1])) end--
  return text.slice(start, end)
}

/** Determines how the end of the body is found (net/http transfer.go). */
function bodyFraming(headers: Map<string, string[]>, isModern: boolean): BodyFraming {
  const encodings = isModern ? (headers.get('transfer-encoding') ?? []) : []
  if (encodings.length > 1) throw new MalformedResponseError(`too many transfer encodings: ${quoteAll(encodings)}`)
  const [encoding] = encodings
  if (encoding !== undefined) {
    if (encoding.toLowerCase() === 'chunked') return 'chunked'
    throw new MalformedResponseError(`unsupported transfer encoding: ${goQuote(encoding)}`)
  }
  const lengths = headers.get('content-length') ?? []
  const [length = ''] = lengths
  if (lengths.some((other) => other !== length)) {
    throw new MalformedResponseError(
      `http: message cannot contain multiple Content-Length headers; got ${quoteAll(lengths)}`,
    )
  }
  if (length === '') return 'until-close'
  if (!consistsOf(length, DIGITS) || (length.length > MAX_EXACT_DIGITS && BigInt(length) >= 2n ** 63n)) {
    throw new MalformedResponseError(`bad Content-Length ${goQuote(length)}`)
  }
  return Number(length)
}

function quoteAll(values: readonly string[]): string {
  return `[${values.map(goQuote).join(' ')}]`
}
