/**
 * Reads `.env` files as the dotenv libraries do: quotes, values of several lines, `export`, comments and `${VAR}`. Where the
 * libraries differ, a value keeps more of what was written: `#` begins a comment only after a space, as in Compose and
 * python-dotenv, and single quotes prevent expansion.
 */
import type { Environment } from './env.ts'

/** The most that expansion may add up to in one file, in characters. References to references double each time. */
const MAX_EXPANDED_LENGTH = 4 * 1024 * 1024

/** How deep defaults may be nested: `${A:-${B:-c}}`. */
const MAX_DEPTH = 20

/** A name with what leads to its value: `export NAME =`, or `NAME: `. */
const ASSIGNMENT = /(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:=|:(?=[ \t\n]|$))[ \t]*/y

/** Blank lines, or a comment. */
const IGNORED = /\s+|#[^\n]*/y

/** What may follow a quoted value in its line. */
const REST_OF_LINE = /[ \t]*(?:#[^\n]*)?(?:\n|$)/y

/** A reference without braces. */
const PLAIN_REFERENCE = /\$([A-Za-z_]\w*)/y

/** A reference with braces, up to its default. */
const BRACED_REFERENCE = /\$\{([A-Za-z_][\w.]*)(:?[-+?])?/y

/** What a backslash and a character stand for in double quotes. Other pairs are kept as they are. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' }

/**
 * Parses the text of a `.env` file. A reference has the value of a line above it, or else of the client's environment; a
 * variable that is set nowhere is empty.
 * @returns the variables, `KEY=VALUE`, in the order of the file
 * @throws Error with the line number and the reason
 */
export function parseDotenv(text: string, environment: Environment): string[] {
  return new DotenvReader(text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'), environment).read()
}

class DotenvReader {
  readonly #text: string
  readonly #environment: Environment
  readonly #values = new Map<string, string>()
  #at = 0
  #expandedLength = 0

  constructor(text: string, environment: Environment) {
    this.#text = text
    this.#environment = environment
  }

  read(): string[] {
    const variables: string[] = []
    for (;;) {
      while (this.#match(IGNORED));
      if (this.#at === this.#text.length) return variables
      const name = this.#match(ASSIGNMENT)?.[1]
      if (name === undefined) throw this.#error('a line must be KEY=VALUE')
      const value = this.#value(name)
      this.#values.set(name, value)
      variables.push(`${name}=${value}`)
    }
  }

  #value(name: string): string {
    const quote = this.#text[this.#at] ?? ''
    if (quote !== '"' && quote !== "'" && quote !== '`') return this.#unquoted()
    const end = this.#closingQuote(quote, name)
    const content = this.#text.slice(this.#at + 1, end)
    const value = quote === '"' ? this.#expand(content, true) : quote === "'" ? content.replaceAll("\\'", "'") : content
    this.#at = end + 1
    if (!this.#match(REST_OF_LINE)) throw this.#error(`text follows the closing quote of ${name}`)
    return value
  }

  /** Reads to the end of the line, or to a comment. */
  #unquoted(): string {
    const newline = this.#text.indexOf('\n', this.#at)
    const line = this.#text.slice(this.#at, newline < 0 ? undefined : newline)
    const comment = /(?:^|[ \t])#/.exec(line)
    const value = this.#expand((comment ? line.slice(0, comment.index) : line).trim(), false)
    this.#at += line.length
    return value
  }

  /** Returns the position of the closing quote. A backslash before it makes it part of the value. */
  #closingQuote(quote: string, name: string): number {
    for (let at = this.#at + 1; at < this.#text.length; at++) {
      if (this.#text[at] === quote) return at
      if (this.#text[at] === '\\' && quote !== '`' && (quote === '"' || this.#text[at + 1] === "'")) at++
    }
    throw this.#error(`the closing ${quote} of ${name} is missing`)
  }

  /** Replaces references and escapes. @param hasEscapes whether all escapes apply, or only `\$` */
  #expand(text: string, hasEscapes: boolean): string {
    const expansion = new Expansion(text, hasEscapes, (name) => this.#lookUp(name))
    try {
      const value = expansion.expand()
      this.#expandedLength += value.length
      if (this.#expandedLength > MAX_EXPANDED_LENGTH) throw new Error('the values are too long')
      return value
    } catch (error) {
      throw this.#error(error instanceof Error ? error.message : String(error))
    }
  }

  #lookUp(name: string): string | undefined {
    return this.#values.get(name) ?? (Object.hasOwn(this.#environment, name) ? this.#environment[name] : undefined)
  }

  /** Matches at the current position and moves behind the match. */
  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match) this.#at += match[0].length
    return match
  }

  #error(reason: string): Error {
    return new Error(`line ${this.#text.slice(0, this.#at).split('\n').length}: ${reason}`)
  }
}

/** The expansion of one value. */
class Expansion {
  readonly #text: string
  readonly #hasEscapes: boolean
  readonly #lookUp: (name: string) => string | undefined
  #at = 0

  constructor(text: string, hasEscapes: boolean, lookUp: (name: string) => string | undefined) {
    this.#text = text
    this.#hasEscapes = hasEscapes
    this.#lookUp = lookUp
  }

  expand(): string {
    return this.#until('', 0)
  }

  /** Expands up to the end of the text, or up to a closing brace. */
  #until(end: string, depth: number): string {
    if (depth > MAX_DEPTH) throw new Error('references are nested too deeply')
    const parts: string[] = []
    let length = 0
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? ''
      if (character === end) return parts.join('')
      const part = character === '\\' ? this.#escape() : character === '$' ? this.#reference(depth) : this.#literal()
      length += part.length
      if (length > MAX_EXPANDED_LENGTH) throw new Error('the values are too long')
      parts.push(part)
    }
    if (end !== '') throw new Error('the closing } of a reference is missing')
    return parts.join('')
  }

  /** Reads characters without a meaning. */
  #literal(): string {
    const start = this.#at++
    while (this.#at < this.#text.length && !'\\$}'.includes(this.#text[this.#at] ?? '')) this.#at++
    return this.#text.slice(start, this.#at)
  }

  #escape(): string {
    const next = this.#text[this.#at + 1] ?? ''
    const isEscape = next === '$' || (this.#hasEscapes && Object.hasOwn(ESCAPES, next))
    this.#at += isEscape ? 2 : 1
    return isEscape ? (ESCAPES[next] ?? next) : '\\'
  }

  #reference(depth: number): string {
    const plain = this.#match(PLAIN_REFERENCE)
    if (plain) return this.#lookUp(plain[1] ?? '') ?? ''
    const braced = this.#match(BRACED_REFERENCE)
    if (!braced) return this.#literal()
    const [, name = '', operator = ''] = braced
    const word = operator === '' ? '' : this.#until('}', depth + 1)
    if (this.#text[this.#at] !== '}') throw new Error(`the reference to ${name} is malformed`)
    this.#at++
    return apply(operator, this.#lookUp(name), name, word)
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match) this.#at += match[0].length
    return match
  }
}

/**
 * Applies the operator of a reference as a shell does: `${NAME:-default}`, `${NAME:+alternative}`, `${NAME:?message}`. With a
 * colon, an empty variable counts as one that is not set.
 */
function apply(operator: string, value: string | undefined, name: string, word: string): string {
  const isSet = value !== undefined && !(operator.startsWith(':') && value === '')
  switch (operator.at(-1)) {
    case '-':
      return isSet ? value : word
    case '+':
      return isSet ? word : ''
    case '?':
      if (isSet) return value
      throw new Error(`${name} is not set${word === '' ? '' : `: ${word}`}`)
    default:
      return value ?? ''
  }
}
