import { goQuote } from '../../domain/go/quote.ts'
import { KEYWORDS, type Token, type TokenType } from './tokens.ts'

const LEFT = '{{'
const RIGHT = '}}'
const NUMBER =
  /[+-]?(?:0[xX][\d_a-fA-F]*(?:\.[\d_a-fA-F]*)?(?:[pP][+-]?[\d_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?[\d_]*)?)i?/y

/**
 * Splits a template into tokens as Go's text/template/parse lexer does. The last token is `eof`, or `error` for the first
 * error. Comments produce no tokens.
 */
export function lex(input: string): Token[] {
  return new Lexer(input).tokens()
}

/** The types of words that are not names of functions. */
const WORDS: ReadonlyMap<string, TokenType> = new Map([
  ...KEYWORDS.map((keyword) => [keyword, keyword] as const),
  ['true', 'bool'],
  ['false', 'bool'],
])

class Lexer {
  readonly #input: string
  readonly #tokens: Token[] = []
  #start = 0
  #position = 0
  #startLine = 1
  #parens = 0
  #hasFailed = false

  constructor(input: string) {
    this.#input = input
  }

  tokens(): Token[] {
    while (!this.#hasFailed && this.#text()) while (!this.#hasFailed && this.#actionToken());
    return this.#tokens
  }

  /** Reads text and comments up to the next action. Returns false at the end of the input. */
  #text(): boolean {
    for (;;) {
      const delimiter = this.#input.indexOf(LEFT, this.#position)
      if (delimiter < 0) {
        this.#position = this.#input.length
        if (this.#position > this.#start) this.#emit('text')
        this.#emit('eof')
        return false
      }
      const marker = this.#trimsLeft(delimiter + LEFT.length) ? 2 : 0
      const text = this.#input.slice(this.#position, delimiter)
      this.#position += (marker > 0 ? text.replace(/[ \t\r\n]+$/, '') : text).length
      if (this.#position > this.#start) this.#emit('text')
      this.#position = delimiter
      this.#skip()
      const inside = delimiter + LEFT.length + marker
      if (!this.#input.startsWith('/*', inside)) {
        this.#beginAction(inside)
        return true
      }
      if (!this.#comment(inside)) return false
    }
  }

  /** Whether a left delimiter that ends at `position` is `{{- `, which removes the space before it. */
  #trimsLeft(position: number): boolean {
    return this.#input[position] === '-' && isSpace(this.#input[position + 1] ?? '')
  }

  #beginAction(inside: number): void {
    this.#position += LEFT.length
    this.#emit('leftDelim')
    this.#position = inside
    this.#skip()
    this.#parens = 0
  }

  #comment(inside: number): boolean {
    const end = this.#input.indexOf('*/', inside + 2)
    if (end < 0) return this.#fail('unclosed comment')
    this.#position = end + 2
    const marker = this.#rightMarker(this.#position)
    if (marker === undefined) return this.#fail('comment ends before closing delimiter')
    this.#position += marker + RIGHT.length
    if (marker > 0) this.#skipSpaces()
    this.#skip()
    return true
  }

  /** Returns the length of ` -` before the right delimiter at `position`; undefined if there is no delimiter. */
  #rightMarker(position: number): number | undefined {
    if (isSpace(this.#input[position] ?? '') && this.#input.startsWith(`-${RIGHT}`, position + 1)) return 2
    return this.#input.startsWith(RIGHT, position) ? 0 : undefined
  }

  /** Reads one token of an action. Returns false after the right delimiter. */
  #actionToken(): boolean {
    const marker = this.#rightMarker(this.#position)
    if (marker !== undefined) {
      if (this.#parens > 0) return this.#fail('unclosed left paren')
      this.#position += marker
      this.#skip()
      this.#position += RIGHT.length
      this.#emit('rightDelim')
      if (marker > 0) {
        this.#skipSpaces()
        this.#skip()
      }
      return false
    }
    return this.#token()
  }

  #token(): boolean {
    const character = this.#peek()
    if (character === '') return this.#fail('unclosed action')
    if (isSpace(character)) return this.#space()
    this.#position += character.length
    switch (character) {
      case '=':
        return this.#emit('assign')
      case ':':
        if (this.#peek() !== '=') {
          this.#position += this.#peek().length
          return this.#fail('expected :=')
        }
        this.#position++
        return this.#emit('declare')
      case '|':
        return this.#emit('pipe')
      case '"':
        return this.#quoted('"', 'string', 'unterminated quoted string')
      case "'":
        return this.#quoted("'", 'charConstant', 'unterminated character constant')
      case '`':
        return this.#rawString()
      case '$':
        return this.#name('variable')
      case '(':
        this.#parens++
        return this.#emit('leftParen')
      case ')':
        this.#parens--
        return this.#parens >= 0 ? this.#emit('rightParen') : this.#fail('unexpected right paren')
    }
    if (character === '.' && !'0123456789'.includes(this.#peek())) return this.#name('field')
    if ('.+-0123456789'.includes(character)) return this.#number(character)
    if (isWordCharacter(character)) return this.#identifier()
    if (character >= ' ' && character <= '~') return this.#emit('char')
    return this.#fail(`unrecognized character in action: ${formatUnicode(character)}`)
  }

  #space(): boolean {
    this.#skipSpaces()
    // The last space may belong to a right delimiter with a trim marker, ` -}}`.
    if (this.#rightMarker(this.#position - 1) === 2) {
      this.#position--
      if (this.#position === this.#start) return true
    }
    return this.#emit('space')
  }

  #quoted(quote: string, type: TokenType, unterminated: string): boolean {
    for (;;) {
      const character = this.#input[this.#position]
      if (character === undefined || character === '\n') return this.#fail(unterminated)
      this.#position++
      if (character === quote) return this.#emit(type)
      if (character !== '\\') continue
      const escaped = this.#input[this.#position]
      if (escaped === undefined || escaped === '\n') return this.#fail(unterminated)
      this.#position++
    }
  }

  #rawString(): boolean {
    const end = this.#input.indexOf('`', this.#position)
    if (end < 0) return this.#fail('unterminated raw quoted string')
    this.#position = end + 1
    return this.#emit('rawString')
  }

  /** Reads the rest of `.Name` or `$name`, where the name may be empty. */
  #name(type: 'field' | 'variable'): boolean {
    if (this.#atTerminator()) return this.#emit(type === 'field' ? 'dot' : 'variable')
    this.#skipWord()
    if (!this.#atTerminator()) return this.#fail(`bad character ${formatUnicode(this.#peek())}`)
    return this.#emit(type)
  }

  #number(first: string): boolean {
    this.#position -= first.length
    if (!this.#scanNumber()) return this.#fail(`bad number syntax: ${goQuote(this.#current())}`)
    if (!isOneOf('+-', this.#peek())) return this.#emit('number')
    if (!this.#scanNumber() || !this.#current().endsWith('i')) {
      return this.#fail(`bad number syntax: ${goQuote(this.#current())}`)
    }
    return this.#emit('complex')
  }

  #scanNumber(): boolean {
    NUMBER.lastIndex = this.#position
    this.#position += NUMBER.exec(this.#input)?.[0].length ?? 0
    const next = this.#peek()
    if (!isWordCharacter(next)) return true
    this.#position += next.length
    return false
  }

  #identifier(): boolean {
    this.#skipWord()
    const word = this.#current()
    if (!this.#atTerminator()) return this.#fail(`bad character ${formatUnicode(this.#peek())}`)
    return this.#emit(WORDS.get(word) ?? 'identifier')
  }

  #atTerminator(): boolean {
    const next = this.#peek()
    return next === '' || ' \t\r\n.,|:()'.includes(next) || this.#input.startsWith(RIGHT, this.#position)
  }

  #skipWord(): void {
    for (let next = this.#peek(); isWordCharacter(next); next = this.#peek()) this.#position += next.length
  }

  #skipSpaces(): void {
    while (isSpace(this.#input[this.#position] ?? '')) this.#position++
  }

  /** Returns the code point at the position as a string; empty at the end. */
  #peek(): string {
    const code = this.#input.codePointAt(this.#position)
    return code === undefined ? '' : String.fromCodePoint(code)
  }

  #current(): string {
    return this.#input.slice(this.#start, this.#position)
  }

  #emit(type: TokenType): boolean {
    this.#tokens.push({ type, text: this.#current(), position: this.#start, line: this.#startLine })
    this.#skip()
    return true
  }

  #fail(problem: string): boolean {
    this.#tokens.push({ type: 'error', text: problem, position: this.#start, line: this.#startLine })
    this.#hasFailed = true
    return false
  }

  #skip(): void {
    const text = this.#current()
    if (text.includes('\n')) this.#startLine += text.split('\n').length - 1
    this.#start = this.#position
  }
}

/** Formats a character as Go's `%#U` does: `U+0040 '@'`. The end of the input is -1. */
function formatUnicode(character: string): string {
  if (character === '') return 'U+FFFFFFFFFFFFFFFF'
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character) ? `U+${code} '${character}'` : `U+${code}`
}

/** Whether `characters` contains a character, which may be empty at the end of the input. */
function isOneOf(characters: string, character: string): boolean {
  return character !== '' && characters.includes(character)
}

/** Whether a character is white space in a template. */
function isSpace(character: string): boolean {
  return isOneOf(' \t\r\n', character)
}

/** Whether a character can be part of a name. */
function isWordCharacter(character: string): boolean {
  if (character >= '\x80') return /[\p{L}\p{Nd}]/u.test(character)
  return (
    (character >= 'a' && character <= 'z') ||
    (character >= 'A' && character <= 'Z') ||
    (character >= '0' && character <= '9') ||
    character === '_'
  )
}
