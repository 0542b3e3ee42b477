/** The maximum depth of nested values, as in Go. */
const MAX_DEPTH = 10_000

/** A text that is not JSON. The message is that of Go's encoding/json. */
export class JsonSyntaxError extends Error {}

/** What the scanner expects next. */
const EXPECTS = {
  value: 0,
  valueOrClose: 1,
  key: 2,
  keyOrClose: 3,
  colon: 4,
  commaOrClose: 5,
  stringEnd: 6,
  escape: 7,
  hex: 8,
  wordEnd: 9,
  minusDigit: 10,
  afterZero: 11,
  integerDigit: 12,
  fractionFirst: 13,
  fractionDigit: 14,
  exponentSign: 15,
  exponentFirst: 16,
  exponentDigit: 17,
  nothing: 18,
} as const

type Expectation = (typeof EXPECTS)[keyof typeof EXPECTS]

/** The states in which a number may end. */
const NUMBER_MAY_END: ReadonlySet<Expectation> = new Set([
  EXPECTS.afterZero,
  EXPECTS.integerDigit,
  EXPECTS.fractionDigit,
  EXPECTS.exponentDigit,
])

const [QUOTE, BACKSLASH, COMMA, COLON, MINUS, PLUS, DOT, ZERO, NINE] = [34, 92, 44, 58, 45, 43, 46, 48, 57]
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET, CAPITAL_E, SMALL_E] = [123, 125, 91, 93, 69, 101]

/**
 * Finds the end of a JSON value in a text that arrives in pieces, as the scanner of Go's encoding/json does. Its time is
 * linear in the length of the text, and it does not recurse.
 */
export class JsonScanner {
  #expects: Expectation = EXPECTS.value
  /** The open objects (true) and arrays (false). */
  readonly #open: boolean[] = []
  /** Whether the current string is a key. */
  #isKey = false
  #hexLeft = 0
  #word = ''
  #wordAt = 0
  #isEmpty = true

  /** Whether nothing but white space was scanned. */
  get isEmpty(): boolean {
    return this.#isEmpty
  }

  /**
   * Scans a piece of the text.
   * @returns the index after the value; -1 if the value is not complete, or may be a number that goes on
   * @throws JsonSyntaxError with Go's message
   */
  scan(text: string, start = 0): number {
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (this.#expects === EXPECTS.stringEnd && code !== QUOTE && code !== BACKSLASH && code >= 0x20) continue
      if (NUMBER_MAY_END.has(this.#expects) && !this.#continuesNumber(code)) this.#endValue()
      if (this.#isDone()) return at
      if (isSpace(code) && this.#expects <= EXPECTS.commaOrClose) continue
      this.#isEmpty = false
      this.#take(code, text, at)
      if (this.#isDone()) return at + 1
    }
    return -1
  }

  /** Ends the text. @returns whether the value is complete: a number is, although more digits could have followed */
  finish(): boolean {
    if (NUMBER_MAY_END.has(this.#expects)) this.#endValue()
    return this.#isDone()
  }

  #isDone(): boolean {
    return this.#expects === EXPECTS.nothing
  }

  #take(code: number, text: string, at: number): void {
    const state = this.#expects
    if (state === EXPECTS.stringEnd || state === EXPECTS.escape || state === EXPECTS.hex) this.#continueString(text, at)
    else if (state === EXPECTS.value) this.#beginValue(code, text, at)
    else if (state === EXPECTS.valueOrClose && code !== CLOSE_BRACKET) this.#beginValue(code, text, at)
    else if (state === EXPECTS.keyOrClose && code !== CLOSE_BRACE) this.#beginKey(code, text, at)
    else if (state === EXPECTS.valueOrClose || state === EXPECTS.keyOrClose) this.#close()
    else if (state === EXPECTS.key) this.#beginKey(code, text, at)
    else if (state === EXPECTS.commaOrClose) this.#endMember(code, text, at)
    else if (state === EXPECTS.wordEnd) this.#continueWord(text, at)
    else if (state !== EXPECTS.colon) this.#continueNumber(code, text, at)
    else if (code === COLON) this.#expects = EXPECTS.value
    else fail(text, at, 'after object key')
  }

  #continueString(text: string, at: number): void {
    const character = text[at] ?? ''
    if (this.#expects === EXPECTS.hex) {
      if (!/[\da-fA-F]/.test(character)) fail(text, at, 'in \\u hexadecimal character escape')
      if (--this.#hexLeft === 0) this.#expects = EXPECTS.stringEnd
    } else if (this.#expects === EXPECTS.escape) {
      if (character === 'u') this.#hexLeft = 4
      else if (!'bfnrt\\/"'.includes(character)) fail(text, at, 'in string escape code')
      this.#expects = character === 'u' ? EXPECTS.hex : EXPECTS.stringEnd
    } else if (character === '\\') this.#expects = EXPECTS.escape
    else if (character === '"') this.#endString()
    else fail(text, at, 'in string literal')
  }

  #beginValue(code: number, text: string, at: number): void {
    if (code === OPEN_BRACE) this.#openContainer(true)
    else if (code === OPEN_BRACKET) this.#openContainer(false)
    else if (code === QUOTE) {
      this.#isKey = false
      this.#expects = EXPECTS.stringEnd
    } else if (code === MINUS) this.#expects = EXPECTS.minusDigit
    else if (code === ZERO) this.#expects = EXPECTS.afterZero
    else if (isDigit(code)) this.#expects = EXPECTS.integerDigit
    else {
      const word = ['true', 'false', 'null'].find((each) => each[0] === text[at])
      if (word === undefined) fail(text, at, 'looking for beginning of value')
      this.#word = word
      this.#wordAt = 1
      this.#expects = EXPECTS.wordEnd
    }
  }

  #beginKey(code: number, text: string, at: number): void {
    if (code !== QUOTE) fail(text, at, 'looking for beginning of object key string')
    this.#isKey = true
    this.#expects = EXPECTS.stringEnd
  }

  #openContainer(isObject: boolean): void {
    this.#open.push(isObject)
    if (this.#open.length > MAX_DEPTH) throw new JsonSyntaxError('exceeded max depth')
    this.#expects = isObject ? EXPECTS.keyOrClose : EXPECTS.valueOrClose
  }

  #endMember(code: number, text: string, at: number): void {
    const isObject = this.#open.at(-1)
    if (code === COMMA) this.#expects = isObject ? EXPECTS.key : EXPECTS.value
    else if (code === (isObject ? CLOSE_BRACE : CLOSE_BRACKET)) this.#close()
    else fail(text, at, isObject ? 'after object key:value pair' : 'after array element')
  }

  #close(): void {
    this.#open.pop()
    this.#endValue()
  }

  #endValue(): void {
    this.#expects = this.#open.length === 0 ? EXPECTS.nothing : EXPECTS.commaOrClose
  }

  #endString(): void {
    if (this.#isKey) this.#expects = EXPECTS.colon
    else this.#endValue()
  }

  #continueWord(text: string, at: number): void {
    const letter = this.#word[this.#wordAt] ?? ''
    if (text[at] !== letter) fail(text, at, `in literal ${this.#word} (expecting '${letter}')`)
    this.#wordAt++
    if (this.#wordAt === this.#word.length) this.#endValue()
  }

  /** Whether a character belongs to the number, which could also end before it. */
  #continuesNumber(code: number): boolean {
    const state = this.#expects
    if (code === SMALL_E || code === CAPITAL_E) return state !== EXPECTS.exponentDigit
    if (code === DOT) return state === EXPECTS.afterZero || state === EXPECTS.integerDigit
    return isDigit(code) && state !== EXPECTS.afterZero
  }

  #continueNumber(code: number, text: string, at: number): void {
    const state = this.#expects
    if (code === DOT && NUMBER_MAY_END.has(state)) this.#expects = EXPECTS.fractionFirst
    else if ((code === SMALL_E || code === CAPITAL_E) && NUMBER_MAY_END.has(state)) this.#expects = EXPECTS.exponentSign
    else if ((code === PLUS || code === MINUS) && state === EXPECTS.exponentSign) this.#expects = EXPECTS.exponentFirst
    else if (!isDigit(code)) fail(text, at, numberContext(state))
    else if (state === EXPECTS.minusDigit) this.#expects = code === ZERO ? EXPECTS.afterZero : EXPECTS.integerDigit
    else if (state === EXPECTS.fractionFirst) this.#expects = EXPECTS.fractionDigit
    else if (state === EXPECTS.exponentSign || state === EXPECTS.exponentFirst) this.#expects = EXPECTS.exponentDigit
  }
}

function numberContext(state: Expectation): string {
  if (state === EXPECTS.minusDigit) return 'in numeric literal'
  return state === EXPECTS.fractionFirst ? 'after decimal point in numeric literal' : 'in exponent of numeric literal'
}

/** Throws Go's error for a character. */
function fail(text: string, at: number, context: string): never {
  throw new JsonSyntaxError(
    `invalid character ${quoteFirstByte(String.fromCodePoint(text.codePointAt(at) ?? 0))} ${context}`,
  )
}

/** Returns Go's error for the first character of a text that is not white space; empty if there is none. */
export function trailingTextError(text: string, start: number): string {
  for (let at = start; at < text.length; at++) {
    if (isSpace(text.charCodeAt(at))) continue
    const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
    return `invalid character ${quoteFirstByte(character)} after top-level value`
  }
  return ''
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE
}

/** Quotes a character as Go's error messages do: only the first UTF-8 byte, as a Latin-1 character. */
function quoteFirstByte(char: string): string {
  if (char > '\x7f') return `'${String.fromCharCode(new TextEncoder().encode(char)[0] ?? 0)}'`
  if (char === "'") return `'\\''`
  if (char === '"') return `'"'`
  if (char === '\n') return `'\\n'`
  if (char === '\r') return `'\\r'`
  if (char === '\t') return `'\\t'`
  return char >= ' ' && char !== '\x7f' ? `'${char}'` : `'\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}'`
}
