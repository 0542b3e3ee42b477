/** The tokens of a template and a reader that the parsers share. */
import { goQuote } from '../../domain/go/quote.ts'
import { TemplateError } from '../error.ts'

/** The type of a token. Each keyword has a type of its own. */
export type TokenType =
  | 'error'
  | 'eof'
  | 'text'
  | 'leftDelim'
  | 'rightDelim'
  | 'space'
  | 'bool'
  | 'char'
  | 'charConstant'
  | 'complex'
  | 'assign'
  | 'declare'
  | 'field'
  | 'identifier'
  | 'leftParen'
  | 'rightParen'
  | 'number'
  | 'pipe'
  | 'rawString'
  | 'string'
  | 'variable'
  | 'dot'
  | Keyword

/** The words that cannot name a function. */
export const KEYWORDS = [
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
] as const
type Keyword = (typeof KEYWORDS)[number]

export interface Token {
  readonly type: TokenType
  /** The source text; the error message for an error. */
  readonly text: string
  /** The offset of the token in the source, in UTF-16 units. */
  readonly position: number
  /** The line on which the token begins, from 1. */
  readonly line: number
}

/** Reads tokens with lookahead and backup, and throws errors that name the line. */
export class TokenReader {
  readonly templateName: string
  /** The line on which the current action begins; 0 outside actions. */
  actionLine = 0
  readonly #tokens: readonly Token[]
  #index = 0
  /** The index of the farthest token that was read or peeked at; errors name its line. */
  #farthest = 0

  constructor(tokens: readonly Token[], templateName: string) {
    this.#tokens = tokens
    this.templateName = templateName
  }

  next(): Token {
    const token = this.peek()
    this.#index++
    return token
  }

  peek(): Token {
    this.#farthest = Math.max(this.#farthest, this.#index)
    return this.#at(this.#index)
  }

  nextNonSpace(): Token {
    let token = this.next()
    while (token.type === 'space') token = this.next()
    return token
  }

  peekNonSpace(): Token {
    const token = this.nextNonSpace()
    this.backup()
    return token
  }

  backup(count = 1): void {
    this.#index -= count
  }

  /** Consumes `{{define` and returns true if it comes next. */
  skipDefine(): boolean {
    const start = this.#index
    this.next()
    if (this.nextNonSpace().type === 'define') return true
    this.#index = start
    return false
  }

  /** Returns the next token other than spaces. @throws TemplateError when it has another type */
  expect(type: TokenType, context: string): Token {
    const token = this.nextNonSpace()
    return token.type === type ? token : this.unexpected(token, context)
  }

  /** @throws TemplateError that names the token, or the lexer's error if the token is one */
  unexpected(token: Token, context: string): never {
    if (token.type !== 'error') return this.fail(`unexpected ${describe(token)} in ${context}`)
    if (this.actionLine === 0 || this.actionLine === token.line) return this.fail(token.text)
    const start = `started at ${this.templateName}:${this.actionLine}`
    return this.fail(`${token.text}${token.text.endsWith(' action') ? '' : ' in action'} ${start}`)
  }

  /** @throws TemplateError with the template's name and the line */
  fail(problem: string): never {
    throw new TemplateError(`template: ${this.templateName}:${this.#at(this.#farthest).line}: ${problem}`)
  }

  /** Returns the token at an index; beyond the end, the last token. */
  #at(index: number): Token {
    const token = this.#tokens[Math.min(index, this.#tokens.length - 1)]
    return token ?? { type: 'eof', text: '', position: 0, line: 1 }
  }
}

const DESCRIBED_AS_KEYWORD: ReadonlySet<TokenType> = new Set([...KEYWORDS, 'dot'])

function describe({ type, text }: Token): string {
  if (type === 'eof') return 'EOF'
  if (DESCRIBED_AS_KEYWORD.has(type)) return `<${text}>`
  return text.length > 10 ? `${goQuote([...text].slice(0, 10).join(''))}...` : goQuote(text)
}
