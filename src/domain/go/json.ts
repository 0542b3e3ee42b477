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

/**
 * Returns the error of Go's encoding/json for a text that is not JSON, such as `invalid character 'b' looking for beginning
 * of value`; empty for valid JSON. Scripts match these messages, and JavaScript's differ between engines.
 * @param atEnd the message for a text that ends too early; that of Go's Decoder is `unexpected EOF`
 */
export function goJsonError(text: string, atEnd = 'unexpected EOF'): string {
  try {
    new Scanner(text, atEnd).document()
    return ''
  } catch (error) {
    if (error instanceof ScanError) return error.message
    throw error
  }
}

/** Returns the index where the first JSON value of a text ends; -1 if the text does not begin with a complete value. */
export function endOfFirstJsonValue(text: string): number {
  try {
    return new Scanner(text, '').first()
  } catch (error) {
    if (error instanceof ScanError) return -1
    throw error
  }
}

class ScanError extends Error {}

class Scanner {
  readonly #text: string
  readonly #atEnd: string
  #at = 0

  constructor(text: string, atEnd: string) {
    this.#text = text
    this.#atEnd = atEnd
  }

  document(): void {
    this.#value()
    this.#space()
    if (this.#at < this.#text.length) this.#fail('after top-level value')
  }

  /** Reads one value and returns the index of its end. */
  first(): number {
    this.#value()
    return this.#at
  }

  #value(): void {
    this.#space()
    const char = this.#peek()
    if (char === '{') this.#object()
    else if (char === '[') this.#array()
    else if (char === '"') this.#string()
    else if (char === '-' || isDigit(char)) this.#number()
    else if (char === 't') this.#word('true')
    else if (char === 'f') this.#word('false')
    else if (char === 'n') this.#word('null')
    else this.#fail('looking for beginning of value')
  }

  #object(): void {
    this.#at++
    this.#space()
    let more = this.#peek() !== '}'
    while (more) {
      this.#space()
      if (this.#peek() !== '"') this.#fail('looking for beginning of object key string')
      this.#string()
      this.#space()
      if (this.#peek() !== ':') this.#fail('after object key')
      this.#at++
      this.#value()
      more = this.#comma('}', 'after object key:value pair')
    }
    this.#at++
  }

  #array(): void {
    this.#at++
    this.#space()
    let more = this.#peek() !== ']'
    while (more) {
      this.#value()
      more = this.#comma(']', 'after array element')
    }
    this.#at++
  }

  /** Skips a comma and returns true, or returns false before the closing bracket, which is not skipped. */
  #comma(close: string, context: string): boolean {
    this.#space()
    if (this.#peek() === close) return false
    if (this.#peek() !== ',') this.#fail(context)
    this.#at++
    return true
  }

  #string(): void {
    this.#at++
    while (this.#peek() !== '"') {
      if (this.#peek() < ' ') this.#fail('in string literal')
      if (this.#peek() === '\\') this.#escape()
      this.#at++
    }
    this.#at++
  }

  #escape(): void {
    this.#at++
    const char = this.#peek()
    if (char !== 'u') {
      if (!'bfnrt\\/"'.includes(char)) this.#fail('in string escape code')
      return
    }
    for (let i = 0; i < 4; i++) {
      this.#at++
      if (!/[\da-fA-F]/.test(this.#peek())) this.#fail('in \\u hexadecimal character escape')
    }
  }

  #number(): void {
    if (this.#peek() === '-') this.#at++
    if (!isDigit(this.#peek())) this.#fail('in numeric literal')
    if (this.#peek() === '0') this.#at++
    else this.#digits()
    if (this.#text[this.#at] === '.') {
      this.#at++
      if (!isDigit(this.#peek())) this.#fail('after decimal point in numeric literal')
      this.#digits()
    }
    if (/^[eE]$/.test(this.#text[this.#at] ?? '')) {
      this.#at++
      if (/[+-]/.test(this.#peek())) this.#at++
      if (!isDigit(this.#peek())) this.#fail('in exponent of numeric literal')
      this.#digits()
    }
  }

  #digits(): void {
    while (isDigit(this.#text[this.#at] ?? '')) this.#at++
  }

  #word(word: string): void {
    for (const letter of word) {
      if (this.#peek() !== letter) this.#fail(`in literal ${word} (expecting '${letter}')`)
      this.#at++
    }
  }

  #space(): void {
    while (/^[ \t\r\n]$/.test(this.#text[this.#at] ?? '')) this.#at++
  }

  #peek(): string {
    const char = this.#text[this.#at]
    if (char === undefined) throw new ScanError(this.#atEnd)
    return char
  }

  #fail(context: string): never {
    throw new ScanError(`invalid character ${quoteFirstByte(this.#peek())} ${context}`)
  }
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9'
}
